package hak.bench.peer;

import hak.bench.process.CompiledC;
import hak.bench.replay.Floor;
import hak.bench.trace.ParallelProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The C program {@code peers/replay.c}: compiled on first use, kept in the user's cache, run under
 * any allocator.
 */
public final class NativeReplay {
  private static final String SOURCE = "/hak/bench/peers/replay.c";
  private static final List<String> OPTIONS =
      List.of("-std=gnu11", "-O2", "-fno-builtin", "-pthread");

  private static final String PRELOAD = "LD_PRELOAD";

  private final Path binary;

  private NativeReplay(Path binary) {
    this.binary = binary;
  }

  /**
   * Finds or compiles the program; empty if there is no C compiler.
   *
   * @throws UncheckedIOException if compiling fails; the message has what the compiler said
   */
  public static Optional<NativeReplay> prepare() {
    return CompiledC.prepare("replay", SOURCE, OPTIONS).map(NativeReplay::new);
  }

  /**
   * Whether the dynamic linker takes a peer's library: one for another machine it only warns of.
   */
  public boolean canRun(NativePeer peer) {
    if (peer.library().isEmpty()) {
      return true;
    }
    ProcessBuilder builder = new ProcessBuilder(binary.toString()).redirectErrorStream(true);
    builder.environment().put(PRELOAD, peer.library().get().toString());
    try {
      Process usage = builder.start();
      String said = new String(usage.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return !said.contains("cannot be preloaded");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the floor. */
  public Contestant floor(ParallelProgram program, Path floorProgramFile) {
    List<String> command =
        List.of(
            binary.toString(),
            "floor",
            floorProgramFile.toString(),
            Long.toString(Floor.strideBytes(program)),
            Long.toString(Floor.bufferBytes(program)));
    return ReplayProcess.start("floor in C", command, Map.of());
  }

  /** Starts a peer. */
  public Contestant start(NativePeer peer, Path programFile) {
    List<String> command = List.of(binary.toString(), "heap", programFile.toString());
    Map<String, String> environment =
        peer.library().map(library -> Map.of(PRELOAD, library.toString())).orElse(Map.of());
    return ReplayProcess.start(peer.name(), command, environment);
  }
}
