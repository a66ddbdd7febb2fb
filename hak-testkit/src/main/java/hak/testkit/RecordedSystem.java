package hak.testkit;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.OtherSystem;
import hak.core.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of a system that says how much memory a process may use: for tests of what a stack makes of
 * it. Limits nothing itself.
 *
 * @param root the folder that has them
 */
public record RecordedSystem(Path root) {
  /** The file of the limit that {@link #limitMemory} sets, as messages name it. */
  public static final String MEMORY_MAX = "/sys/fs/cgroup/box/memory.max";

  private static final String GROUP_MOUNT =
      "35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec shared:9 - cgroup2 cgroup2 rw\n";

  /**
   * Writes a file.
   *
   * @param file its absolute name on that system
   */
  public RecordedSystem write(String file, String text) {
    Path path = root.resolve(file.substring(1));
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Puts the process into a control group that may use so much. */
  public RecordedSystem limitMemory(long bytes) {
    return write("/proc/self/mountinfo", GROUP_MOUNT)
        .write("/proc/self/cgroup", "0::/box\n")
        .write(MEMORY_MAX, bytes + "\n");
  }

  /** Limits the address space of the process, of which it has used a part. */
  public RecordedSystem limitAddressSpace(long bytes, long usedBytes) {
    return write("/proc/self/limits", "Max address space  " + bytes + "  unlimited  bytes\n")
        .write("/proc/self/status", "VmSize:\t" + (usedBytes >> 10) + " kB\n");
  }

  /** Opens a stack that reads its limits there. */
  public HakAllocator open(Profile profile) {
    return OtherSystem.withFiles(root, () -> Hak.open(profile));
  }
}
