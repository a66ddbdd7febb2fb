package hak.bench.peer;

import hak.bench.buffer.BufferPeer;
import hak.bench.buffer.BufferPeers;
import hak.bench.measure.MemoryRound;
import hak.bench.measure.ProcessMemory;
import hak.bench.replay.Crew;
import hak.bench.replay.Floor;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.profile.Profile;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.util.OptionalLong;

/**
 * One allocator in a JVM that replays on request.
 *
 * @param replayer its replay
 * @param memory its peak of resident memory
 */
record Target(Replayer replayer, PeakMemory memory) {
  /** Measures on request; nothing where that is not possible. */
  @FunctionalInterface
  interface PeakMemory {
    OptionalLong measure() throws IOException;
  }

  /** Prepares what an order asks for. */
  static Target of(TargetOrder order, ParallelProgram program, Crew crew) {
    PeakMemory none = OptionalLong::empty;
    return switch (order.kind()) {
      case FLOOR -> new Target(new Floor(program, crew).replayer(), none);
      case FFM -> new Target(Replayer.on(FfmOperations.link(), program, crew), none);
      case CRITICAL_FFM -> {
        FfmOperations malloc = FfmOperations.link(Linker.Option.critical(false));
        yield new Target(Replayer.on(malloc, program, crew), none);
      }
      case BUFFERS -> buffers(BufferPeers.find(order.buffers()).orElseThrow(), program, crew);
      case STACK -> stack(order.stack(), program, crew);
    };
  }

  private static Target stack(Profile profile, ParallelProgram program, Crew crew) {
    Replayer replayer = Replayer.on(new HakOperations(Hak.open(profile)), program, crew);
    return new Target(
        replayer,
        () -> {
          try (var fresh = Hak.open(profile)) {
            MemoryRound round = MemoryRound.measure(fresh, program, crew);
            return OptionalLong.of(round.peakBytes() - round.baselineBytes());
          }
        });
  }

  private static Target buffers(BufferPeer peer, ParallelProgram program, Crew crew) {
    Replayer replayer = BufferOperations.replayer(peer, program, crew);
    if (!peer.ownsMemory()) {
      return new Target(replayer, OptionalLong::empty);
    }
    return new Target(
        replayer,
        () -> {
          Replayer fresh = BufferOperations.replayer(peer, program, crew);
          ProcessMemory.resetPeak();
          long before = ProcessMemory.residentBytes();
          fresh.round();
          return OptionalLong.of(ProcessMemory.peakBytes() - before);
        });
  }
}
