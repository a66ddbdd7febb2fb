package hak.bench.soak;

import hak.bench.measure.PageFaults;
import hak.bench.measure.ProcessMemory;
import hak.bench.process.JsonLine;
import hak.bench.process.Parent;
import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramFile;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process of a soak: replays until its standard input ends, and prints each epoch as a line.
 */
final class SoakMain {
  private final HakAllocator stack;
  private final Crew crew;
  private final Replayer replayer;
  private final long callsPerRound;

  private SoakMain(HakAllocator stack, Crew crew, ParallelProgram program) {
    this.stack = stack;
    this.crew = crew;
    this.replayer = Replayer.on(new HakOperations(stack), program, crew);
    this.callsPerRound = program.calls();
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    Parent.whenDone(() -> done.set(true));
    SoakOrder order = JsonLine.parse(arguments[0], SoakOrder.class);
    ParallelProgram program = ProgramFile.read(Path.of(order.program()));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Crew crew = new Crew(program.threads());
        HakAllocator stack = Hak.open(order.profile())) {
      SoakMain soak = new SoakMain(stack, crew, program);
      soak.replayer.warmUp();
      long begin = System.nanoTime();
      while (!done.get()) {
        out.println(JsonLine.of(soak.epoch(begin, order.epochNanos())));
      }
    }
  }

  private SoakEpoch epoch(long begin, long epochNanos) throws IOException {
    long start = System.nanoTime();
    long faults = pageFaults();
    long systemCalls = StackView.of(stack).systemCalls();
    long nanos = 0;
    long rounds = 0;
    do {
      nanos += replayer.round();
      rounds++;
    } while (System.nanoTime() - start < epochNanos);
    return new SoakEpoch(
        1,
        (System.nanoTime() - begin) / 1e9,
        rounds * callsPerRound,
        nanos,
        stack.stats().residentBytes(),
        ProcessMemory.residentBytes(),
        pageFaults() - faults,
        StackView.of(stack).systemCalls() - systemCalls);
  }

  /** Of the threads that replay; 0 where the kernel does not tell. */
  private long pageFaults() {
    AtomicLong sum = new AtomicLong();
    crew.run(_ -> sum.addAndGet(PageFaults.ofCurrentThread().orElse(0)));
    return sum.get();
  }
}
