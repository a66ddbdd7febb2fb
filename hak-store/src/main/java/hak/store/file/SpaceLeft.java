package hak.store.file;

import hak.store.StoreFullException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left to a file that grows: in its file system, and where that is memory, on the machine
 * and in each memory cgroup that this process is in. A tmpfs may be larger than the memory behind
 * it; who fills it is killed, or everybody waits for the disk.
 *
 * <p>What cannot be found out does not limit. Any thread.
 */
final class SpaceLeft {
  /** The margin is at most this part of the whole, so that small file systems are of use. */
  private static final int MARGIN_SHARE = 16;

  private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs", "hugetlbfs");
  private static final int KIB = 1024;

  private final Path file;
  private final Path root;
  private final FileStore fileStore;

  /** One thing that can be used up. */
  record Limit(String what, long leftBytes, long totalBytes) {}

  private SpaceLeft(Path file, Path root, FileStore fileStore) {
    this.file = file;
    this.root = root;
    this.fileStore = fileStore;
  }

  /** What is left to an existing file. */
  static SpaceLeft of(Path file) throws IOException {
    return new SpaceLeft(file, Path.of("/"), Files.getFileStore(file));
  }

  /**
   * Refuses when so many bytes more would leave less than the margin.
   *
   * @throws StoreFullException naming what is short
   */
  void check(long bytes, long marginBytes) {
    check(limits(), bytes, marginBytes);
  }

  static void check(List<Limit> limits, long bytes, long marginBytes) {
    for (Limit limit : limits) {
      long margin = Math.min(marginBytes, limit.totalBytes() / MARGIN_SHARE);
      if (limit.leftBytes() - margin < bytes) {
        throw new StoreFullException(
            limit.what()
                + " has "
                + limit.leftBytes()
                + " bytes left, of which "
                + margin
                + " are not used (marginBytes): there is no room for "
                + bytes
                + " more; free some there, make it larger (a memory file system by mount -o"
                + " remount,size=...), or put the store elsewhere");
      }
    }
  }

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    try {
      limits.add(
          new Limit(
              "the file system of " + file, fileStore.getUsableSpace(), fileStore.getTotalSpace()));
    } catch (IOException e) {
      // The file was removed, say; reserving will tell.
    }
    if (IN_MEMORY.contains(fileStore.type())) {
      limits.addAll(memory(root));
    }
    return limits;
  }

  /** The limits of memory, told by files below a root that is {@code /} but in tests. */
  static List<Limit> memory(Path root) {
    List<Limit> limits = new ArrayList<>();
    machine(root, limits);
    try {
      for (String line : read(root.resolve("proc/self/cgroup")).lines().toList()) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && parts[1].isEmpty()) {
          groups(root.resolve("sys/fs/cgroup"), parts[2], "memory.max", "memory.current", limits);
        } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
          groups(
              root.resolve("sys/fs/cgroup/memory"),
              parts[2],
              "memory.limit_in_bytes",
              "memory.usage_in_bytes",
              limits);
        }
      }
    } catch (IOException e) {
      // There are no cgroups here.
    }
    return limits;
  }

  private static void machine(Path root, List<Limit> limits) {
    try {
      String info = read(root.resolve("proc/meminfo"));
      long left = number(info, "MemAvailable:") + Math.max(0, number(info, "SwapFree:"));
      long total = number(info, "MemTotal:");
      if (left >= 0 && total >= 0) {
        limits.add(new Limit("the memory of the machine", left * KIB, total * KIB));
      }
    } catch (IOException e) {
      // Not told.
    }
  }

  /** A cgroup and those around it; in a container only the innermost may be there. */
  private static void groups(
      Path mount, String path, String max, String usage, List<Limit> limits) {
    Path inner = mount.resolve(path.substring(1)).normalize();
    Path group = Files.isDirectory(inner) && inner.startsWith(mount) ? inner : mount;
    for (; group.startsWith(mount); group = group.getParent()) {
      try {
        // "max" when there is none; version 1 says a huge number.
        long limit = Long.parseLong(read(group.resolve(max)).strip());
        long used = Long.parseLong(read(group.resolve(usage)).strip());
        String stat = read(group.resolve("memory.stat"));
        // Pages of files that nobody uses go when memory is wanted.
        long idle = Math.max(0, number(stat, "inactive_file"));
        limits.add(new Limit("the memory limit of cgroup " + group, limit - used + idle, limit));
      } catch (IOException | NumberFormatException e) {
        // No limit here, or none that can be read.
      }
    }
  }

  /** The number behind a word at the begin of a line, -1 when there is none. */
  private static long number(String text, String word) {
    for (String line : text.lines().toList()) {
      String[] parts = line.split("\\s+", 3);
      if (parts.length >= 2 && parts[0].equals(word)) {
        return Long.parseLong(parts[1]);
      }
    }
    return -1;
  }

  /** Through a stream: a channel would refuse to read for a thread that is interrupted. */
  private static String read(Path path) throws IOException {
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
