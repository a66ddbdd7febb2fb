package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.limits.SystemLimits;
import hak.store.StoreFullException;
import hak.store.file.SpaceLeft.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in memory, told by files as the kernel writes them. */
class SpaceLeftTest {
  private static final long MIB = 1 << 20;

  @TempDir private Path root;

  @BeforeEach
  void machine() throws IOException {
    write("proc/meminfo", "MemTotal: 2097152 kB\nMemAvailable: 1048576 kB\nSwapFree: 1024 kB\n");
    write(
        "proc/self/mountinfo",
        """
        35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
        36 24 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        """);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void group(String folder, String max, String current, long inactive) throws IOException {
    write(folder + "/memory.max", max + "\n");
    write(folder + "/memory.current", current + "\n");
    write(folder + "/memory.stat", "anon 5\ninactive_file " + inactive + "\nfile 7\n");
  }

  private List<Long> left() {
    return limits().stream().map(Limit::leftBytes).toList();
  }

  private List<Limit> limits() {
    return SpaceLeft.memory(new SystemLimits(root));
  }

  @Test
  void withoutCgroupsTheMachineLimits() {
    assertEquals(List.of(1025 * MIB), left());
  }

  @Test
  void eachCgroupUpToTheMountLimits() throws Exception {
    write("proc/self/cgroup", "0::/pod/app\n");
    group("sys/fs/cgroup/pod/app", "max", "" + 100 * MIB, 0);
    group("sys/fs/cgroup/pod", "" + 512 * MIB, "" + 200 * MIB, 50 * MIB);
    assertEquals(List.of(1025 * MIB, 362 * MIB), left());
    assertTrue(limits().get(1).what().endsWith("pod"));
  }

  @Test
  void inAContainerTheMountItselfIsTheCgroup() throws Exception {
    group("sys/fs/cgroup", "" + 256 * MIB, "" + 56 * MIB, 0);
    for (String path : List.of("/", "/kubepods/not/mounted/here", "/../outside")) {
      write("proc/self/cgroup", "0::" + path + "\n");
      assertEquals(List.of(1025 * MIB, 200 * MIB), left(), path);
    }
  }

  @Test
  void versionOneIsReadToo() throws Exception {
    write("proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/a\n1:name=systemd:/a\n");
    String folder = "sys/fs/cgroup/memory/a/";
    write(folder + "memory.limit_in_bytes", "" + 300 * MIB);
    write(folder + "memory.usage_in_bytes", "" + 100 * MIB);
    write(folder + "memory.stat", "cache 1\ninactive_file 0\n");
    assertEquals(List.of(1025 * MIB, 200 * MIB), left());
  }

  @Test
  void theMarginStaysFreeButAtMostASixteenth() {
    List<Limit> limits = List.of(new Limit("large", 1000, 1_000_000), new Limit("it", 100, 1600));
    assertDoesNotThrow(() -> SpaceLeft.check(limits, 100, 0));
    assertDoesNotThrow(() -> SpaceLeft.check(limits, 0, 1000));
    assertDoesNotThrow(() -> SpaceLeft.check(limits, 90, 10));
    String message =
        assertThrows(StoreFullException.class, () -> SpaceLeft.check(limits, 91, 10)).getMessage();
    assertTrue(message.startsWith("it has 100 bytes left, of which 10"), message);
    assertThrows(StoreFullException.class, () -> SpaceLeft.check(limits, 1, 1000));
    assertThrows(StoreFullException.class, () -> SpaceLeft.check(limits, 101, 0));
  }
}
