package hak.bench.process;

import java.io.File;
import java.io.FileNotFoundException;
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
import java.util.Optional;

/**
 * A C source of this project as a program or library: compiled on first use and kept in the user's
 * cache, under the hash of what it was made from.
 */
public final class CompiledC {
  private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

  /** Why there is none. */
  public static final String MISSING = "no C compiler (cc, gcc or clang) on PATH";

  private static final int HASH_BYTES = 8;

  private CompiledC() {}

  /**
   * Finds or compiles it; empty if there is no C compiler.
   *
   * @param name what its file in the cache begins with
   * @param resource the source, among the resources of this module
   * @param options of the compiler
   * @throws UncheckedIOException if compiling fails; the message has what the compiler said
   */
  public static Optional<Path> prepare(String name, String resource, List<String> options) {
    try {
      byte[] source = source(resource);
      Path folder = cacheFolder();
      Path binary =
          folder.resolve(name + "-" + System.getProperty("os.arch") + "-" + hash(source, options));
      if (Files.isExecutable(binary)) {
        return Optional.of(binary);
      }
      Optional<Path> compiler = compiler();
      if (compiler.isPresent()) {
        compile(compiler.get(), name, source, options, binary);
      }
      return compiler.map(_ -> binary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] source(String resource) throws IOException {
    try (InputStream in = CompiledC.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] source, List<String> options) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(options.toString().getBytes(StandardCharsets.UTF_8));
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
  private static void compile(
      Path compiler, String name, byte[] source, List<String> options, Path binary)
      throws IOException {
    Path folder = binary.getParent();
    Path code = Files.createTempFile(folder, name, ".c");
    Path compiled = Files.createTempFile(folder, name, ".out");
    try {
      Files.write(code, source);
      List<String> command = new ArrayList<>(List.of(compiler.toString()));
      command.addAll(options);
      command.addAll(List.of("-o", compiled.toString(), code.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(compiler + " cannot compile " + name + ":\n" + said);
      }
      Files.move(compiled, binary, StandardCopyOption.ATOMIC_MOVE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling " + name, e);
    } finally {
      Files.deleteIfExists(code);
      Files.deleteIfExists(compiled);
    }
  }
}
