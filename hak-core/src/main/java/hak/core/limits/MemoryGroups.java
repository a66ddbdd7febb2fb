package hak.core.limits;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits of memory that control groups set: that of the process, and those around it, for a limit
 * holds for all that is inside.
 *
 * <pre>
 *   version 2   memory.max             beyond it the process is killed
 *               memory.high            beyond it the process is slowed down and its memory taken
 *   version 1   memory.limit_in_bytes
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
  private static final String HIERARCHICAL = "hierarchical_memory_limit ";

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

  /** All limits that are found. */
  List<MemoryBound> bounds() {
    List<GroupMount> mounts = GroupMount.all(files);
    return files.lines(MEMBERSHIP).stream()
        .flatMap(line -> Member.parse(line).stream())
        .flatMap(member ->
            mounts.stream()
                .filter(mount -> mount.version() == member.version())
                .flatMap(mount -> boundsOf(mount, member.group())))
        .toList();
  }

  private Stream<MemoryBound> boundsOf(GroupMount mount, String group) {
    List<String> folders = mount.foldersOf(group);
    if (mount.version() == 2) {
      return folders.stream()
          .flatMap(folder -> Stream.of(folder + "/memory.max", folder + "/memory.high"))
          .flatMap(this::boundIn);
    }
    return Stream.concat(
        folders.stream().map(folder -> folder + "/memory.limit_in_bytes").flatMap(this::boundIn),
        folders.stream().limit(1).flatMap(this::hierarchical));
  }

  private Stream<MemoryBound> boundIn(String file) {
    return files.limit(file).map(bytes -> new MemoryBound(bytes, file)).stream();
  }

  private Stream<MemoryBound> hierarchical(String folder) {
    String file = folder + "/memory.stat";
    return files.lines(file).stream()
        .filter(line -> line.startsWith(HIERARCHICAL))
        .flatMap(line -> SystemFiles.number(line.substring(HIERARCHICAL.length())).stream())
        .map(bytes -> new MemoryBound(bytes, file));
  }
}
