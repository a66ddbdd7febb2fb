package hak.core.limits;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits of memory that control groups set, and what is left of it: in that of the process, and in
 * those around it, for a limit holds for all that is inside.
 *
 * <pre>
 *   version 2   memory.max             beyond it the process is killed
 *               memory.high            beyond it the process is slowed down and its memory taken
 *               memory.current         what is used
 *   version 1   memory.limit_in_bytes, memory.usage_in_bytes
 *               memory.stat            hierarchical_memory_limit: also of groups that are not mounted
 * </pre>
 *
 * <p>On a system with both, memory belongs to one of them; the other has no such files. See
 * cgroups(7) and the kernel's admin-guide/cgroup-v2.
 *
 * @param files of the system
 */
record MemoryGroups(SystemFiles files) {
  private static final String MEMBERSHIP = "/proc/self/cgroup";
  private static final String STATISTICS = "/memory.stat";
  private static final String HIERARCHICAL = "hierarchical_memory_limit";
  private static final String IDLE_FILES = "inactive_file";

  /** A line of {@link #MEMBERSHIP}: {@code 4:memory:/a/b}, of version 2 {@code 0::/a/b}. */
  private record Member(int version, String group) {
    static Optional<Member> parse(String line) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        return Optional.empty();
      }
      if (fields[1].isEmpty()) {
        return Optional.of(new Member(2, fields[2]));
      }
      boolean hasMemory = Stream.of(fields[1].split(",", -1)).anyMatch("memory"::equals);
      return hasMemory ? Optional.of(new Member(1, fields[2])) : Optional.empty();
    }
  }

  /** The folders of the groups that the process is in, the innermost first. */
  private record Place(int version, List<String> folders) {
    String limitIn(String folder) {
      return folder + (version == 2 ? "/memory.max" : "/memory.limit_in_bytes");
    }

    String usedIn(String folder) {
      return folder + (version == 2 ? "/memory.current" : "/memory.usage_in_bytes");
    }
  }

  private Stream<Place> places() {
    List<GroupMount> mounts = GroupMount.all(files);
    return files.lines(MEMBERSHIP).stream()
        .flatMap(line -> Member.parse(line).stream())
        .flatMap(member ->
            mounts.stream()
                .filter(mount -> mount.version() == member.version())
                .map(mount -> new Place(mount.version(), mount.foldersOf(member.group()))));
  }

  /** All limits that are found. */
  List<MemoryBound> bounds() {
    return places().flatMap(this::boundsOf).toList();
  }

  private Stream<MemoryBound> boundsOf(Place place) {
    Stream<MemoryBound> limits =
        place.folders().stream().map(place::limitIn).flatMap(this::boundIn);
    Stream<MemoryBound> others =
        place.version() == 2
            ? place.folders().stream().map(folder -> folder + "/memory.high").flatMap(this::boundIn)
            : place.folders().stream().limit(1).flatMap(this::hierarchical);
    return Stream.concat(limits, others);
  }

  private Stream<MemoryBound> boundIn(String file) {
    return files.onlyNumber(file).map(bytes -> new MemoryBound(bytes, file)).stream();
  }

  private Stream<MemoryBound> hierarchical(String folder) {
    String file = folder + STATISTICS;
    return files.number(file, HIERARCHICAL).map(bytes -> new MemoryBound(bytes, file)).stream();
  }

  /** What is left in each group that has a limit beyond which the process is killed. */
  List<MemoryLeft> left() {
    return places()
        .flatMap(place -> place.folders().stream().flatMap(folder -> leftIn(place, folder)))
        .toList();
  }

  private Stream<MemoryLeft> leftIn(Place place, String folder) {
    Optional<Long> limit = files.onlyNumber(place.limitIn(folder));
    Optional<Long> used = files.onlyNumber(place.usedIn(folder));
    if (limit.isEmpty() || used.isEmpty()) {
      return Stream.empty();
    }
    // Pages of files that nobody uses go when memory is wanted.
    long idle = files.number(folder + STATISTICS, IDLE_FILES).orElse(0L);
    return Stream.of(
        new MemoryLeft("control group " + folder, limit.get() - used.get() + idle, limit.get()));
  }
}
