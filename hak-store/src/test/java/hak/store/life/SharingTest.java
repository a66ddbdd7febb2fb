package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectStore;
import hak.store.Sharing;
import hak.store.StoreAccessException;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.access.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores of other users and on file systems that cannot be written, with other users for real. */
class SharingTest {
  private static final StoreOptions GROUP = TestStores.SMALL.withSharing(Sharing.GROUP);

  private final TestStores stores = new TestStores();
  private final Path path = stores.path();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  /** Runs a command as a user who owns nothing, in the group of the user who runs the test. */
  private static List<String> asStranger() throws IOException, InterruptedException {
    Object group = Files.getAttribute(Path.of("/proc/self"), "unix:gid");
    List<String> runner = List.of("setpriv", "--reuid=65534", "--regid=" + group, "--clear-groups");
    skipUnlessRuns(runner);
    return runner;
  }

  private static void skipUnlessRuns(List<String> runner) throws IOException, InterruptedException {
    List<String> trial = new ArrayList<>(runner);
    Path own =
        Path.of(SharingTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    trial.addAll(List.of("test", "-r", own.toString(), "-a", "-x", java.toString()));
    try {
      int code =
          new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      Assumptions.assumeTrue(code == 0, () -> "cannot be run here: " + runner);
    } catch (IOException e) {
      Assumptions.abort("not installed here: " + runner);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @EnumSource
  void aNewFileHasTheModeOfItsSharing(Sharing sharing) throws Exception {
    ObjectStore.open(path, TestStores.SMALL.withSharing(sharing)).close();
    assertEquals(PosixFilePermissions.toString(sharing.permissions()), mode(path));
  }

  @Test
  void aStoreOfTheGroupIsOpenedByThoseWhoSaySo() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, GROUP)) {
      store.put("n", TestStores.data(1, 10));
    }
    assertThrows(StoreAccessException.class, () -> ObjectStore.open(path, TestStores.SMALL));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    String message =
        assertThrows(StoreAccessException.class, () -> ObjectStore.open(path, GROUP)).getMessage();
    assertTrue(message.contains("by all users"), message);
  }

  @Test
  void aMemberOfTheGroupPutsWhatTheOwnerReads() throws Exception {
    List<String> runner = asStranger();
    try (ObjectStore store = ObjectStore.open(path, GROUP);
        Child member = Child.startIn(runner, "share", path.toString(), "theirs")) {
      assertNull(member.line());
      assertEquals(0, member.exitCode());
      assertArrayEquals(TestStores.bytes(1, 100_000), TestStores.read(store, store.find("theirs")));
      assertEquals(1, store.stats().processes());
      assertEquals(List.of(), StoreVerifier.verify(path).findings());
    }
  }

  @Test
  void whoMayOnlyReadReads() throws Exception {
    List<String> runner = asStranger();
    StoreOptions readable = TestStores.SMALL.withSharing(Sharing.GROUP_READS);
    try (ObjectStore store = ObjectStore.open(path, readable)) {
      store.put("n", TestStores.data(1, 777));
      try (Child reader = Child.startIn(runner, "peek", path.toString(), "n")) {
        assertEquals("777", reader.line());
        String refusal = reader.line();
        assertTrue(refusal.contains("to read it use openReadOnly"), refusal);
        assertEquals(0, reader.exitCode());
      }
    }
    try (ObjectStore secret = ObjectStore.open(stores.path(), TestStores.SMALL);
        Child refused = Child.startIn(runner, "peek", secret.path().toString(), "n")) {
      String refusal = refused.line();
      assertTrue(refusal.contains("permission denied"), refusal);
    }
  }

  @Test
  void aFileSystemThatIsMountedReadOnlyIsRead(@TempDir Path folder) throws Exception {
    String bind = "mount --bind '" + folder + "' '" + folder + "'";
    List<String> runner =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            bind + " && mount -o remount,ro,bind '" + folder + "' && exec \"$@\"",
            "sh");
    skipUnlessRuns(runner);
    Path store = folder.resolve("store");
    try (ObjectStore written = ObjectStore.open(store, TestStores.SMALL)) {
      written.put("n", TestStores.data(1, 777));
    }
    try (Child reader = Child.startIn(runner, "peek", store.toString(), "n")) {
      assertEquals("777", reader.line());
      String refusal = reader.line();
      assertTrue(refusal.contains("Read-only file system"), refusal);
      assertEquals(0, reader.exitCode());
    }
  }
}
