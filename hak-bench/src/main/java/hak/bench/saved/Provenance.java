package hak.bench.saved;

import hak.bench.Jvm;
import hak.bench.Machine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where figures come from.
 *
 * @param date when they were taken: ISO 8601, UTC
 * @param machine where
 * @param jdk version and name of the JVM
 * @param commit of the source that was built, with {@code -dirty} if it was changed since; {@code
 *     unknown} where that cannot be told
 */
public record Provenance(String date, Machine machine, String jdk, String commit) {
  private static final String UNKNOWN = "unknown";

  /** This process, now. */
  public static Provenance here() {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Machine.here(),
        Jvm.name(),
        commitOfSource());
  }

  /** What differs from another one besides the date, in words; empty if nothing does. */
  public List<String> differencesFrom(Provenance other) {
    return Stream.of(
            difference("machine", name(machine), name(other.machine)),
            difference("JDK", jdk, other.jdk),
            difference("commit", commit, other.commit))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String difference(String what, String mine, String other) {
    return mine.equals(other) ? "" : what + " " + other + ", now " + mine;
  }

  private static String name(Machine machine) {
    return machine.processor() + " x " + machine.processors();
  }

  /** That of the folder which this class was loaded from, if it lies in a working copy. */
  private static String commitOfSource() {
    CodeSource source = Provenance.class.getProtectionDomain().getCodeSource();
    try {
      if (source == null) {
        return UNKNOWN;
      }
      Path place = Path.of(source.getLocation().toURI());
      Path folder = Files.isDirectory(place) ? place : place.getParent();
      Process git =
          new ProcessBuilder(
                  "git", "-C", folder.toString(), "describe", "--always", "--dirty", "--exclude=*")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 && !said.isEmpty() ? said : UNKNOWN;
    } catch (IOException | URISyntaxException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
