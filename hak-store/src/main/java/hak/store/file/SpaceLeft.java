package hak.store.file;

import hak.core.limits.SystemLimits;
import hak.store.StoreFullException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left to a file that grows: in its file system, and where that is memory, on the machine
 * and in each control group that this process is in. A tmpfs may be larger than the memory behind
 * it; who fills it is killed, or everybody waits for the disk.
 *
 * <p>What cannot be found out does not limit. Any thread.
 */
final class SpaceLeft {
  /** The margin is at most this part of the whole, so that small file systems are of use. */
  private static final int MARGIN_SHARE = 16;

  private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs", "hugetlbfs");

  private final Path file;
  private final SystemLimits system = new SystemLimits(Path.of("/"));

  /** Null until it is first asked: to find it all mounts of the system are read. */
  private volatile FileStore fileStore;

  /** One thing that can be used up. */
  record Limit(String what, long leftBytes, long totalBytes) {}

  /** What is left to an existing file. */
  SpaceLeft(Path file) {
    this.file = file;
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
    FileStore store = fileStore();
    if (store == null) {
      return limits;
    }
    try {
      limits.add(
          new Limit("the file system of " + file, store.getUsableSpace(), store.getTotalSpace()));
    } catch (IOException e) {
      // The file was removed, say; reserving will tell.
    }
    if (IN_MEMORY.contains(store.type())) {
      limits.addAll(memory(system));
    }
    return limits;
  }

  /** The file system; null when there is no more a path to it. */
  private FileStore fileStore() {
    if (fileStore == null) {
      try {
        fileStore = Files.getFileStore(Files.exists(file) ? file : file.getParent());
      } catch (IOException e) {
        return null; // The folder was removed too.
      }
    }
    return fileStore;
  }

  /** The limits of memory. */
  static List<Limit> memory(SystemLimits system) {
    return system.memoryLeft().stream()
        .map(left -> new Limit("the memory of " + left.of(), left.leftBytes(), left.totalBytes()))
        .toList();
  }
}
