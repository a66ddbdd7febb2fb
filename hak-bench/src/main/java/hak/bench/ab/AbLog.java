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
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The forks of a comparison in a file of lines of JSON: each is appended when it is over, so a
 * comparison that was broken off goes on where it was. The first line says what is compared; the
 * number of forks is not part of it, so more can be asked for later.
 *
 * <p>Where some of the stacks are compared at a time, one file has the forks of all of these parts.
 */
public final class AbLog {
  /** What keeps nothing. */
  public static final AbLog NONE = new AbLog(null, null, List.of());

  private final Path file;

  /** Which part it is of; null if all stacks are compared at once. */
  private final String part;

  /** Of all parts. */
  private final List<Line> lines;

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

  /** A fork of a workload; of no part if that is null, and left out. */
  private record Line(String workload, Match.Fork fork, String part) {}

  private AbLog(Path file, String part, List<Line> lines) {
    this.file = file;
    this.part = part;
    this.lines = lines;
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
    AbLog log = new AbLog(file, null, new ArrayList<>());
    List<Profile> stacks = Stream.concat(Stream.of(base), changed.stream()).toList();
    String head = JsonLine.of(Head.of(stacks, workloads, rounds));
    if (Files.notExists(file) || Files.size(file) == 0) {
      Files.write(file, List.of(head));
      return log;
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<String> read = whole.lines().toList();
    if (read.isEmpty() || !isSame(read.getFirst(), head)) {
      throw new IllegalArgumentException(
          file
              + " is of another comparison, machine or JDK, or none: its first line is not this"
              + " one's");
    }
    for (int i = 1; i < read.size(); i++) {
      log.lines.add(parse(file, i + 1, read.get(i)));
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

  /**
   * The log of a part, in the same file.
   *
   * @param name says which stacks are compared, in order; the forks of another part are not its own
   */
  public AbLog part(String name) {
    return new AbLog(file, name, lines);
  }

  /** The forks of a workload so far. */
  List<Match.Fork> forks(String workload) {
    return lines.stream()
        .filter(line -> Objects.equals(line.part(), part) && line.workload().equals(workload))
        .map(Line::fork)
        .toList();
  }

  /** Adds one that is over. */
  void add(String workload, Match.Fork fork) {
    if (file == null) {
      return;
    }
    Line line = new Line(workload, fork, part);
    try {
      Files.write(file, List.of(JsonLine.of(line)), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    lines.add(line);
  }
}
