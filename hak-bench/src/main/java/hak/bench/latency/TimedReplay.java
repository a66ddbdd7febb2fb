package hak.bench.latency;

import hak.bench.replay.Crew;
import hak.bench.replay.LoopSpecialiser;
import hak.bench.replay.Operations;
import hak.bench.replay.Replay;
import hak.bench.replay.Replayer;
import hak.bench.replay.Schedule;
import hak.bench.replay.WarmUp;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Replays a program with each call timed. The opening is not timed, nor are the last frees. */
final class TimedReplay {
  private static final long NO_HOME = 0;

  private final ParallelProgram program;
  private final Crew crew;
  private final Schedule schedule;
  private final Replay untimed;
  private final long[][] blocks;
  private final List<Replay> loops = new ArrayList<>();
  private final List<CallClock> clocks = new ArrayList<>();
  private final List<CallTimes> times = new ArrayList<>();

  /** What one thread does with a stretch of its events. */
  @FunctionalInterface
  private interface Stretch {
    void replay(int thread, int from, int to);
  }

  /**
   * Prepares one.
   *
   * @param touches whether blocks are written
   * @param withLeast whether the least time of each event is kept, for {@link #slowest}
   */
  TimedReplay(
      ParallelProgram program,
      Operations heap,
      Crew crew,
      CallKinds kinds,
      boolean touches,
      boolean withLeast) {
    this.program = program;
    this.crew = crew;
    this.schedule = new Schedule(program, crew);
    this.untimed = LoopSpecialiser.specialise(heap, schedule.channels(), touches);
    this.blocks = program.newTables();
    for (int thread = 0; thread < program.threads(); thread++) {
      CallClock clock = new CallClock();
      Operations timed = new TimedOperations(heap, clock);
      clocks.add(clock);
      loops.add(LoopSpecialiser.specialise(timed, schedule.channels(), touches));
      times.add(new CallTimes(clock, kinds.ofThread(thread), withLeast));
    }
  }

  /** Replays until the code is compiled; these times are forgotten. */
  void warmUp() {
    WarmUp.run(chunk ->
        replay(
            chunk,
            (thread, from, to) -> {
              replayTimed(thread, from, to);
              clocks.get(thread).clear();
            }));
  }

  /** Replays, keeps all times, and frees what is left. */
  void round() {
    replay(
        Replayer.CHUNK_EVENTS,
        (thread, from, to) -> {
          replayTimed(thread, from, to);
          times.get(thread).take(from, to);
        });
  }

  private void replay(int chunk, Stretch stretch) {
    schedule.run((thread, from, to) -> {
      for (int begin = from; begin < to; begin += chunk) {
        int end = Math.min(begin + chunk, to);
        if (thread == program.threads()) {
          replay(untimed, thread, begin, end);
        } else {
          stretch.replay(thread, begin, end);
        }
      }
    });
    crew.run(thread -> untimed.free(program.program(thread).leftover(), blocks[thread]));
  }

  private void replayTimed(int thread, int from, int to) {
    replay(loops.get(thread), thread, from, to);
  }

  private void replay(Replay loop, int thread, int from, int to) {
    Program part = program.program(thread);
    loop.replay(part.events(), part.wide(), from, to, blocks[thread], NO_HOME);
  }

  /** The times of all rounds, by kind; null for a kind that was not called. */
  Histogram[] histograms() {
    Histogram[] sums = new Histogram[CallKinds.COUNT];
    times.forEach(each -> each.addTo(sums));
    return sums;
  }

  /** The calls whose least time over the rounds is longest. */
  List<SlowestCalls.Call> slowest(int most) {
    SlowestCalls slowest = new SlowestCalls(most);
    for (int thread = 0; thread < times.size(); thread++) {
      times.get(thread).offerTo(slowest, thread);
    }
    return slowest.inOrder();
  }

  /**
   * Replays once more, and looks around just before and just after some calls, in the thread that
   * makes them.
   *
   * @param surroundings gives those of one call
   * @return those of each call, in their order. Of an event that is replayed several times in a
   *     round they are of the last time
   */
  List<Surroundings> lookAt(List<SlowestCalls.Call> calls, Supplier<Surroundings> surroundings) {
    List<Surroundings> found = new ArrayList<>();
    calls.forEach(_ -> found.add(null));
    replay(
        Replayer.CHUNK_EVENTS,
        (thread, from, to) -> {
          int next = from;
          for (int event : eventsWithin(calls, thread, from, to)) {
            replay(untimed, thread, next, event);
            next = event + 1;
            Surroundings around = surroundings.get();
            around.look(() -> replay(untimed, thread, event, event + 1));
            synchronized (found) {
              found.set(indexOf(calls, thread, event), around);
            }
          }
          replay(untimed, thread, next, to);
        });
    return found;
  }

  private static int[] eventsWithin(List<SlowestCalls.Call> calls, int thread, int from, int to) {
    return calls.stream()
        .filter(call -> call.thread() == thread && call.event() >= from && call.event() < to)
        .mapToInt(SlowestCalls.Call::event)
        .sorted()
        .toArray();
  }

  private static int indexOf(List<SlowestCalls.Call> calls, int thread, int event) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).thread() == thread && calls.get(i).event() == event) {
        return i;
      }
    }
    throw new IllegalArgumentException("thread " + thread + ", event " + event);
  }
}
