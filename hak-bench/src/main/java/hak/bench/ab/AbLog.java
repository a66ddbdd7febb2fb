package hak.bench.ab;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import hak.bench.Jvm;
import hak.bench.Machine;
import hak.bench.Workload;
import hak.bench.peer.Match;
import hak.bench.process.JsonLine;
import hak.core.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The forks of a comparison in a file of lines of JSON: each is appended when it is over, so a
 * comparison that was broken off goes on where it was. The first line says what is compared; the
 * number of forks is not part of it, so more can be asked for later.
 */
public final class AbLog {
  /** What keeps nothing. */
  public static final AbLog NONE = new AbLog(null);

  private final Path file;

  /** By workload. */
  private final Map<String, List<Match.Fork>> forks = new LinkedHashMap<>();

  /** What is compared, and where. */
  private record Head(
      List<Profile> stacks,
      List<String> workloads,
      List<Integer> threads,
      int rounds,
      String processor,
      String jdk) {
    static Head of(List<Profile> stacks, List<Workload> workloads, int rounds) {
      return new Head(
          stacks,
          workloads.stream().map(Workload::name).toList(),
          workloads.stream().map(Workload::threads).toList(),
          rounds,
          Machine.here().processor(),
          Jvm.name());
    }
  }

  /** A fork of a workload. */
  private record Line(String workload, Match.Fork fork) {}

  private AbLog(Path file) {
    this.file = file;
  }

  /**
   * Reads or begins the file of a comparison. A last line without an end, which a process that was
   * killed leaves, is cut off.
   *
   * @param base what the others are held against
   * @param changed the others
   * @throws IOException if it cannot be read or written
   * @throws IllegalArgumentException if it is another comparison's, of another machine or JDK, or
   *     none
   */
  public static AbLog open(
      Path file, Profile base, List<Profile> changed, List<Workload> workloads, int rounds)
      throws IOException {
    AbLog log = new AbLog(file);
    List<Profile> stacks = Stream.concat(Stream.of(base), changed.stream()).toList();
    String head = JsonLine.of(Head.of(stacks, workloads, rounds));
    if (Files.notExists(file) || Files.size(file) == 0) {
      Files.write(file, List.of(head));
      return log;
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<String> lines = whole.lines().toList();
    if (lines.isEmpty() || !isSame(lines.getFirst(), head)) {
      throw new IllegalArgumentException(
          file
              + " is of another comparison, machine or JDK, or none: its first line is not this"
              + " one's");
    }
    for (int i = 1; i < lines.size(); i++) {
      log.add(parse(file, i + 1, lines.get(i)));
    }
    if (whole.length() < text.length()) {
      Files.writeString(file, whole);
    }
    return log;
  }

  /** The order of the values of a profile is another one in each JVM. */
  private static boolean isSame(String line, String head) {
    try {
      return JsonParser.parseString(line).equals(JsonParser.parseString(head));
    } catch (JsonParseException _) {
      return false;
    }
  }

  private static Line parse(Path file, int number, String text) {
    try {
      Line line = JsonLine.parse(text, Line.class);
      if (line != null && line.workload() != null && line.fork() != null) {
        return line;
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(file + ", line " + number + ": not a fork", e);
    }
    throw new IllegalArgumentException(file + ", line " + number + ": not a fork");
  }

  private void add(Line line) {
    forks.computeIfAbsent(line.workload(), _ -> new ArrayList<>()).add(line.fork());
  }

  /** The forks of a workload so far. */
  List<Match.Fork> forks(String workload) {
    return List.copyOf(forks.getOrDefault(workload, List.of()));
  }

  /** Adds one that is over. */
  void add(String workload, Match.Fork fork) {
    if (file == null) {
      return;
    }
    Line line = new Line(workload, fork);
    try {
      Files.write(file, List.of(JsonLine.of(line)), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    add(line);
  }
}
