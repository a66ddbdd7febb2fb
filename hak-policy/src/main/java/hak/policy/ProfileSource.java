package hak.policy;

import hak.core.profile.NearestName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a profile is read from. */
sealed interface ProfileSource {
  /** The largest profile, in bytes. */
  int MAX_BYTES = 1 << 20;

  /** What messages call it. */
  String label();

  /** The name of a profile that does not give itself one. */
  String defaultName();

  /** Equal for two sources that are the same thing. */
  Object identity() throws IOException;

  /** The stream of its bytes. */
  InputStream open() throws IOException;

  /**
   * What {@code extends} means here.
   *
   * @throws IOException if there cannot be such a thing
   */
  ProfileSource parent(String extended) throws IOException;

  /**
   * All of it, without a byte order mark.
   *
   * @throws NotUtf8Exception if it is no text
   * @throws IOException if it cannot be read or is larger than {@link #MAX_BYTES}
   */
  default String text() throws IOException {
    try (InputStream in = open()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("larger than 1 MiB, the most a profile may have");
      }
      String text = decode(bytes);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
  }

  private static String decode(byte[] bytes) throws NotUtf8Exception {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(rest, text, true);
    text.flip();
    if (result.isError()) {
      throw new NotUtf8Exception(Position.endOf(text.toString()), rest.get());
    }
    return text.toString();
  }

  /** Why something could not be read, in a few words. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> e.getMessage();
    };
  }

  /** A profile of this module's resources. */
  record Shipped(String name) implements ProfileSource {
    /** All of them, the one to start from first. */
    static final List<String> NAMES =
        List.of(
            "default",
            "balanced",
            "safe",
            "speed",
            "lean",
            "bench",
            "observe",
            "pow2",
            "bare",
            "classic-hakmem");

    @Override
    public String label() {
      return "profile " + name;
    }

    @Override
    public String defaultName() {
      return name;
    }

    @Override
    public Object identity() {
      return this;
    }

    @Override
    public InputStream open() throws IOException {
      if (!NAMES.contains(name)) {
        throw new FileNotFoundException(
            "no such profile is shipped" + NearestName.hint(name, NAMES));
      }
      return Shipped.class.getResourceAsStream("profiles/" + name + ".toml");
    }

    @Override
    public Shipped parent(String extended) {
      return new Shipped(extended);
    }
  }

  /** A file. */
  record File(Path path) implements ProfileSource {
    private static final String SUFFIX = ".toml";

    @Override
    public String label() {
      return path.toString();
    }

    @Override
    public String defaultName() {
      String name = String.valueOf(path.getFileName());
      boolean cut = name.endsWith(SUFFIX) && name.length() > SUFFIX.length();
      return cut ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    @Override
    public Object identity() throws IOException {
      return path.toRealPath();
    }

    @Override
    public InputStream open() throws IOException {
      if (Files.isDirectory(path)) {
        throw new IOException("a directory, not a file");
      }
      return Files.newInputStream(path);
    }

    @Override
    public ProfileSource parent(String extended) throws IOException {
      if (!extended.endsWith(SUFFIX)) {
        return new Shipped(extended);
      }
      try {
        return new File(path.resolveSibling(extended));
      } catch (InvalidPathException e) {
        throw new IOException(e.getReason(), e);
      }
    }
  }
}
