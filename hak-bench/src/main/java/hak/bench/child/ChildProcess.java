package hak.bench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is told lines and answers with lines. Closing it ends the process. */
public final class ChildProcess implements AutoCloseable {
  private static final long LAST_WORDS_SECONDS = 5;

  private final String name;
  private final Process process;
  private final Path errors;
  private final BufferedReader answers;
  private final Writer commands;

  private ChildProcess(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
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

  /**
   * Sends a line.
   *
   * @throws UncheckedIOException if the process has ended; the message has what it said
   */
  public void tell(String line) {
    try {
      commands.write(line + "\n");
      commands.flush();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /**
   * Waits for a line.
   *
   * @throws UncheckedIOException if the process has ended; the message has what it said
   */
  public String answer() {
    try {
      String answer = answers.readLine();
      if (answer != null) {
        return answer;
      }
    } catch (IOException e) {
      throw ended(e);
    }
    throw ended(null);
  }

  /** Sends a line and waits for one. */
  public String ask(String line) {
    tell(line);
    return answer();
  }

  private UncheckedIOException ended(IOException cause) {
    String words;
    try {
      process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      words = Files.readString(errors).strip();
    } catch (IOException e) {
      words = e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      words = "interrupted";
    }
    String status = process.isAlive() ? "no answer" : "exit status " + process.exitValue();
    return new UncheckedIOException(
        new IOException(name + " ended early: " + status + ": " + words, cause));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      answers.close();
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
