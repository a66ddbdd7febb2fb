package hak.core.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits as the files of real systems tell of them; the texts are those systems', shortened. */
class SystemLimitsTest {
  private static final String MOUNTS = "/proc/self/mountinfo";
  private static final String GROUPS = "/proc/self/cgroup";
  private static final String LIMITS = "/proc/self/limits";
  private static final String STATUS = "/proc/self/status";
  private static final String V2 = "/sys/fs/cgroup";
  private static final String V1 = "/sys/fs/cgroup/memory";
  private static final String NO_LIMIT_V1 = "9223372036854771712";
  private static final long MIB = 1 << 20;

  private static final String UNIFIED =
      """
      24 31 0:22 / /proc rw,nosuid,nodev,noexec,relatime shared:13 - proc proc rw
      35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate
      31 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
      """;

  private static final String HYBRID =
      """
      28 18 0:23 / /sys/fs/cgroup ro,nosuid,nodev,noexec shared:9 - tmpfs tmpfs ro,size=4096k,mode=755
      29 28 0:24 / /sys/fs/cgroup/unified rw,nosuid,nodev,noexec,relatime shared:10 - cgroup2 cgroup2 rw
      30 28 0:25 / /sys/fs/cgroup/systemd rw,nosuid,nodev shared:11 - cgroup cgroup rw,xattr,name=systemd
      33 28 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:15 - cgroup cgroup rw,cpu,cpuacct
      34 28 0:30 / /sys/fs/cgroup/memory rw,nosuid,nodev,noexec,relatime shared:16 - cgroup cgroup rw,memory
      """;

  @TempDir private Path root;

  private void write(String file, String text) {
    Path path = root.resolve(file.substring(1));
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<MemoryBound> memory() {
    return new SystemLimits(root).memory();
  }

  private void assertBound(long bytes, String source) {
    assertEquals(Optional.of(new MemoryBound(bytes, source)), memory());
  }

  @Test
  void ofNestedGroupsTheSmallestHolds() {
    write(MOUNTS, UNIFIED);
    write(GROUPS, "0::/system.slice/app.service/worker\n");
    write(V2 + "/system.slice/app.service/worker/memory.max", "max\n");
    write(V2 + "/system.slice/app.service/worker/memory.high", "max\n");
    write(V2 + "/system.slice/app.service/memory.max", "1073741824\n");
    write(V2 + "/system.slice/app.service/memory.high", "805306368\n");
    write(V2 + "/system.slice/memory.max", "2147483648\n");
    write(V2 + "/system.slice/memory.high", "max\n");
    assertBound(768 * MIB, V2 + "/system.slice/app.service/memory.high");
    write(V2 + "/system.slice/memory.max", "536870912\n");
    assertBound(512 * MIB, V2 + "/system.slice/memory.max");
    write(V2 + "/system.slice/app.service/worker/memory.max", "4194304\n");
    assertBound(4 * MIB, V2 + "/system.slice/app.service/worker/memory.max");
  }

  @Test
  void aContainerWithItsOwnViewOfGroupsHasItsLimitAtTheMountPoint() {
    write(
        MOUNTS,
        "1251 1250 0:29 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw\n");
    write(GROUPS, "0::/\n");
    write(V2 + "/memory.max", "536870912\n");
    assertBound(512 * MIB, V2 + "/memory.max");
  }

  /** A process that was moved out of what its container sees. */
  @Test
  void aGroupThatIsElsewhereCountsAsTheOneThatIsMounted() {
    write(MOUNTS, UNIFIED);
    write(GROUPS, "0::/../../other.slice\n");
    write(V2 + "/memory.max", "268435456\n");
    assertBound(256 * MIB, V2 + "/memory.max");
  }

  @Test
  void aContainerUnderTheHostsNamesIsMountedByItsName() {
    String id = "/system.slice/docker-4f3c9a.scope";
    write(MOUNTS, "1251 1250 0:29 " + id + " /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n");
    write(GROUPS, "0::" + id + "/inner\n");
    write(V2 + "/inner/memory.max", "max\n");
    write(V2 + "/memory.max", "134217728\n");
    assertBound(128 * MIB, V2 + "/memory.max");
  }

  /** The name begins with that of the mounted group and is another one. */
  @Test
  void aNeighbourIsNotBelow() {
    write(MOUNTS, "1251 1250 0:29 /a /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n");
    write(GROUPS, "0::/ab/c\n");
    write(V2 + "/b/c/memory.max", "1048576\n");
    write(V2 + "/memory.max", "max\n");
    assertEquals(Optional.empty(), memory());
  }

  @Test
  void ofVersionOneTheGroupIsBelowTheMemoryController() {
    write(MOUNTS, HYBRID);
    write(GROUPS, "9:memory:/user.slice/session-2.scope\n2:cpu,cpuacct:/user.slice\n");
    write(V1 + "/user.slice/session-2.scope/memory.limit_in_bytes", NO_LIMIT_V1 + "\n");
    write(V1 + "/user.slice/memory.limit_in_bytes", "1073741824\n");
    write(V1 + "/memory.limit_in_bytes", NO_LIMIT_V1 + "\n");
    assertBound(1024 * MIB, V1 + "/user.slice/memory.limit_in_bytes");
  }

  @Test
  void aContainerOfVersionOne() {
    write(
        MOUNTS,
        "1262 1255 0:38 /docker/4f3c /sys/fs/cgroup/memory ro,nosuid,nodev master:17"
            + " - cgroup cgroup rw,memory\n");
    write(GROUPS, "11:memory:/docker/4f3c\n10:cpuset:/docker/4f3c\n0::/system.slice\n");
    write(V1 + "/memory.limit_in_bytes", "209715200\n");
    assertBound(200 * MIB, V1 + "/memory.limit_in_bytes");
  }

  /** Groups around the mounted one are not to be seen but through the sum of the innermost. */
  @Test
  void whatHoldsFurtherOutIsInTheStatistics() {
    write(MOUNTS, "1262 1255 0:38 /docker/4f3c /m ro,nosuid master:17 - cgroup cgroup rw,memory\n");
    write(GROUPS, "11:memory:/docker/4f3c\n");
    write("/m/memory.limit_in_bytes", NO_LIMIT_V1 + "\n");
    write(
        "/m/memory.stat",
        "cache 4096\nhierarchical_memory_limit 314572800\nhierarchical_memsw_limit 1\n");
    assertBound(300 * MIB, "/m/memory.stat");
  }

  @Test
  void onASystemWithBothTheOneThatHasTheFilesCounts() {
    write(MOUNTS, HYBRID);
    write(GROUPS, "9:memory:/app\n1:name=systemd:/app\n0::/app\n");
    write(V2 + "/unified/app/cgroup.controllers", "");
    write(V1 + "/app/memory.limit_in_bytes", "524288000\n");
    assertBound(500 * MIB, V1 + "/app/memory.limit_in_bytes");
    write(V2 + "/unified/app/memory.max", "104857600\n");
    assertBound(100 * MIB, V2 + "/unified/app/memory.max");
  }

  /** Without rights to delegate memory there is a group and no file of a limit. */
  @Test
  void aRootlessContainerHasNoLimit() {
    write(MOUNTS, UNIFIED);
    write(GROUPS, "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope\n");
    write(V2 + "/user.slice/user-1000.slice/memory.max", "max\n");
    assertEquals(Optional.empty(), memory());
  }

  @Test
  void withoutGroupsThereIsNoLimit() {
    assertEquals(Optional.empty(), memory());
    write(MOUNTS, "31 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw\n");
    write(GROUPS, "");
    assertEquals(Optional.empty(), memory());
  }

  @Test
  void mountPointsMayHaveSpaces() {
    write(MOUNTS, "41 31 0:38 / /my\\040groups rw - cgroup2 none rw\n");
    write(GROUPS, "0::/\n");
    write("/my groups/memory.max", "1048576\n");
    assertBound(MIB, "/my groups/memory.max");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "-1\n",
        "99999999999999999999\n",
        "9223372036854775807\n",
        "12 MiB\n",
        "max\n",
        "\0\0\n"
      })
  void whatIsNoAmountIsNoLimit(String text) {
    write(MOUNTS, UNIFIED);
    write(GROUPS, "0::/\n");
    write(V2 + "/memory.max", text);
    assertEquals(Optional.empty(), memory());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "1 2 3 - cgroup2", "- - - - - - - - -", "1 2 3 / /a rw - cgroup2 x"})
  void linesThatAreNoMountsAreSkipped(String line) {
    write(MOUNTS, line + "\n" + UNIFIED);
    write(GROUPS, "nonsense\n:\n0::/\n");
    write(V2 + "/memory.max", "1048576\n");
    assertBound(MIB, V2 + "/memory.max");
  }

  @Test
  void aFolderInPlaceOfAFileSaysNothing() {
    write(MOUNTS, UNIFIED);
    write(GROUPS, "0::/\n");
    write(V2 + "/memory.max/file", "1048576\n");
    assertEquals(Optional.empty(), memory());
  }

  private void writeAddressSpace(String soft) {
    write(
        LIMITS,
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max stack size            8388608              unlimited            bytes
        Max address space         %-20s unlimited            bytes
        """
            .formatted(soft));
    write(STATUS, "Name:\tjava\nVmPeak:\t 3000000 kB\nVmSize:\t 2097152 kB\n");
  }

  @Test
  void theSoftLimitOfAddressSpaceHolds() {
    writeAddressSpace("17179869184");
    AddressSpace space = new SystemLimits(root).addressSpace().orElseThrow();
    assertEquals(new AddressSpace(16L << 30, 2L << 30), space);
    assertEquals(14L << 30, space.leftBytes());
    assertBound(16L << 30, "RLIMIT_AS");
  }

  @Test
  void noLimitOfAddressSpaceIsNone() {
    writeAddressSpace("unlimited");
    assertEquals(Optional.empty(), new SystemLimits(root).addressSpace());
  }

  @Test
  void moreInUseThanAllowedLeavesNothing() {
    writeAddressSpace("1073741824");
    assertEquals(0, new SystemLimits(root).addressSpace().orElseThrow().leftBytes());
  }

  @Test
  void theSmallerOfGroupAndAddressSpaceHolds() {
    writeAddressSpace("1073741824");
    write(MOUNTS, UNIFIED);
    write(GROUPS, "0::/\n");
    write(V2 + "/memory.max", "2147483648\n");
    assertBound(1024 * MIB, "RLIMIT_AS");
    write(V2 + "/memory.max", "536870912\n");
    assertBound(512 * MIB, V2 + "/memory.max");
  }

  /** What this system says is not known here; that it can be asked is. */
  @Test
  void theSystemItselfCanBeRead() {
    new SystemLimits(Path.of("/")).memory().ifPresent(bound -> assertTrue(bound.bytes() > 0));
    assertEquals(
        Files.isReadable(Path.of(GROUPS)), !new SystemFiles(Path.of("/")).lines(GROUPS).isEmpty());
  }
}
