package hak.bench.peer;

import hak.bench.replay.Floor;
import hak.bench.trace.ParallelProgram;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The C program {@code peers/replay.c}: compiled on first use, kept in the user's cache, run under
 * any allocator.
 */
public final class NativeReplay {
  private static final String SOURCE = "/hak/bench/peers/replay.c";
  private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
  private static final List<String> OPTIONS =
      List.of("-std=gnu11", "-O2", "-fno-builtin", "-pthread");

  /** Why there is no such program. */
  public static final String MISSING = "no C compiler (cc, gcc or clang) on PATH";

  private static final String PRELOAD = "LD_PRELOAD";
  private static final int HASH_BYTES = 8;

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
    try {
      byte[] source = source();
      Path folder = cacheFolder();
      Path binary = folder.resolve("replay-" + System.getProperty("os.arch") + "-" + hash(source));
      if (Files.isExecutable(binary)) {
        return Optional.of(new NativeReplay(binary));
      }
      Optional<Path> compiler = compiler();
      if (compiler.isEmpty()) {
        return Optional.empty();
      }
      compile(compiler.get(), source, folder, binary);
      return Optional.of(new NativeReplay(binary));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] source() throws IOException {
    try (InputStream in = NativeReplay.class.getResourceAsStream(SOURCE)) {
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] source) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(OPTIONS.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(source), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path cacheFolder() throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path parent =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return Files.createDirectories(parent.resolve("hak"));
  }

  private static Optional<Path> compiler() {
    String path = System.getenv().getOrDefault("PATH", "");
    return COMPILERS.stream()
        .flatMap(name ->
            List.of(path.split(File.pathSeparator)).stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Compiles beside the target and moves: another process that does the same at this time does no
   * harm.
   */
  private static void compile(Path compiler, byte[] source, Path folder, Path binary)
      throws IOException {
    Path code = Files.createTempFile(folder, "replay", ".c");
    Path compiled = Files.createTempFile(folder, "replay", ".out");
    try {
      Files.write(code, source);
      List<String> command = new ArrayList<>(List.of(compiler.toString()));
      command.addAll(OPTIONS);
      command.addAll(List.of("-o", compiled.toString(), code.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(compiler + " cannot compile the peers:\n" + said);
      }
      Files.move(compiled, binary, StandardCopyOption.ATOMIC_MOVE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling the peers", e);
    } finally {
      Files.deleteIfExists(code);
      Files.deleteIfExists(compiled);
    }
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
    return Contestant.start("floor in C", command, Map.of());
  }

  /** Starts a peer. */
  public Contestant start(NativePeer peer, Path programFile) {
    List<String> command = List.of(binary.toString(), "heap", programFile.toString());
    Map<String, String> environment =
        peer.library().map(library -> Map.of(PRELOAD, library.toString())).orElse(Map.of());
    return Contestant.start(peer.name(), command, environment);
  }
}
