package hak.bench.process;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that this one started: lines to it and from it, and what it said on standard error when
 * it ends too early. One thread talks to it.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** What is added to the number of the signal that ended a process. */
  private static final int SIGNAL = 128;

  private final String name;
  private final Process process;
  private final Path errors;
  private final BufferedReader lines;
  private final Writer input;

  private ChildProcess(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Starts a process.
   *
   * @param name what messages call it
   * @param environment variables to set besides those of this process
   * @throws UncheckedIOException if it cannot be started
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment) {
    try {
      Path errors = Files.createTempFile("hak-child", ".err");
      errors.toFile().deleteOnExit();
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return new ChildProcess(name, builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Sends a line.
   *
   * @throws UncheckedIOException if it has ended, with its last words
   */
  public void send(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /**
   * The next line that it prints.
   *
   * @throws UncheckedIOException if it has ended, with its last words
   */
  public String receive() {
    try {
      String line = lines.readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException e) {
      throw ended(e);
    }
    throw ended(new EOFException());
  }

  /** Sends a line and takes the next one that it prints. */
  public String ask(String line) {
    send(line);
    return receive();
  }

  /** Ends its standard input, which asks it to finish. */
  public void finishInput() {
    try {
      input.close();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /**
   * Waits until it has ended well.
   *
   * @throws UncheckedIOException if it has not, in time, with its last words
   */
  public void awaitEnd(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience) || process.exitValue() != 0) {
      throw ended(new EOFException());
    }
  }

  /** Calls back on another thread when it ends with an exit status other than 0. */
  public void onFailure(Runnable action) {
    var _ =
        process
            .onExit()
            .thenAccept(ended -> {
              if (ended.exitValue() != 0) {
                action.run();
              }
            });
  }

  /** Whether it has ended with an exit status other than 0. */
  public boolean hasFailed() {
    return !process.isAlive() && process.exitValue() != 0;
  }

  /** An exception that says how it ended and what it last said on standard error. */
  public UncheckedIOException ended(IOException cause) {
    String words;
    try {
      process.waitFor(LAST_WORDS);
      words = Files.readString(errors).strip();
    } catch (IOException e) {
      words = e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      words = "interrupted";
    }
    return new UncheckedIOException(
        name + " ended early: " + status() + (words.isEmpty() ? "" : ": " + words), cause);
  }

  private String status() {
    if (process.isAlive()) {
      return "no answer";
    }
    int status = process.exitValue();
    return status > SIGNAL ? "ended by signal " + (status - SIGNAL) : "exit status " + status;
  }

  /** Ends the process, if it has not ended yet. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      lines.close();
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
