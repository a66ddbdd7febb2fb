package hak.bench.peer;

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

/**
 * A process that replays on request. Commands and answers are lines; a process that takes part with
 * several allocators has them numbered, and the number follows the command.
 */
public final class Contestant implements AutoCloseable {
  private static final long LAST_WORDS_SECONDS = 5;

  private final String name;
  private final Process process;
  private final Path errors;
  private final BufferedReader answers;
  private final Writer commands;

  private Contestant(String name, Process process, Path errors) {
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
  static Contestant start(String name, List<String> command, Map<String, String> environment) {
    try {
      Path errors = Files.createTempFile("hak-peer", ".err");
      errors.toFile().deleteOnExit();
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return new Contestant(name, builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process. */
  ProcessHandle process() {
    return process.toHandle();
  }

  /** Replays until it is in its stride. */
  public void warmUp(int target) {
    ask("warm", target);
  }

  /** One round; its wall time in nanoseconds. */
  public long round(int target) {
    return Long.parseLong(ask("round", target));
  }

  /** The peak of resident bytes less those before the first event; null if it is unknown. */
  public Long peakBytes(int target) {
    String answer = ask("memory", target);
    return answer.equals("-") ? null : Long.valueOf(answer);
  }

  private String ask(String command, int target) {
    try {
      commands.write(target == 0 ? command + "\n" : command + " " + target + "\n");
      commands.flush();
      String answer = answers.readLine();
      if (answer != null) {
        return answer;
      }
    } catch (IOException e) {
      throw ended(e);
    }
    throw ended(null);
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
        new IOException("peer " + name + " ended early: " + status + ": " + words, cause));
  }

  /** Ends the process. */
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
