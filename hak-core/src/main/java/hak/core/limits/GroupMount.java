package hak.core.limits;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a hierarchy of control groups is mounted: a line of {@code /proc/self/mountinfo} (proc(5)).
 *
 * <pre>
 *   41 31 0:38 /docker/4f3c /sys/fs/cgroup/memory ro,nosuid master:15 - cgroup cgroup rw,memory
 *              root         mountPoint                     optional       type   source options
 * </pre>
 *
 * @param version 1 or 2
 * @param root the group that is at the mount point: all there is of the hierarchy here
 * @param mountPoint its folder
 */
record GroupMount(int version, String root, String mountPoint) {
  private static final String MOUNTS = "/proc/self/mountinfo";
  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;
  private static final int FIRST_OPTIONAL = 6;

  /** The mounts that may say something of memory: version 2, and version 1 with its controller. */
  static List<GroupMount> all(SystemFiles files) {
    return files.lines(MOUNTS).stream().flatMap(line -> parse(line).stream()).toList();
  }

  static Optional<GroupMount> parse(String line) {
    List<String> fields = List.of(line.split(" ", -1));
    int end = fields.indexOf("-");
    if (end < FIRST_OPTIONAL || end + 3 >= fields.size()) {
      return Optional.empty();
    }
    int version =
        switch (fields.get(end + 1)) {
          case "cgroup2" -> 2;
          case "cgroup" -> hasMemory(fields.get(end + 3)) ? 1 : 0;
          default -> 0;
        };
    return version == 0
        ? Optional.empty()
        : Optional.of(
            new GroupMount(
                version, unescaped(fields.get(ROOT)), unescaped(fields.get(MOUNT_POINT))));
  }

  private static boolean hasMemory(String options) {
    return Stream.of(options.split(",", -1)).anyMatch("memory"::equals);
  }

  /** Spaces and the like are written as three octal digits. */
  private static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /**
   * The folders of a group and of those around it, the innermost first, as far as they are mounted.
   *
   * @param group its name in the hierarchy
   */
  List<String> foldersOf(String group) {
    String below = below(group);
    Stream<String> names =
        Stream.iterate(
            below, name -> !name.isEmpty(), name -> name.substring(0, name.lastIndexOf('/')));
    return Stream.concat(names.map(name -> mountPoint + name), Stream.of(mountPoint)).toList();
  }

  /**
   * The name of a group below the mount point, without a slash at the end. Empty for the group that
   * is mounted, and for one that is elsewhere: a container that sees its own groups alone may still
   * be told the host's name of its group, or one with {@code ..} in it.
   */
  private String below(String group) {
    String top = root.equals("/") ? "" : root;
    boolean isBelow = group.startsWith(top + "/") && !group.contains("/..");
    return isBelow ? group.substring(top.length()).replaceFirst("/+$", "") : "";
  }
}
