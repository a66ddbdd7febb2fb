package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.access.TestStores;
import hak.store.life.Tables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system that is full, and cannot reserve space so that zeros must be written: one of 8 MiB
 * of its own, mounted for a process that tries it; skipped where none may be mounted.
 */
class FullFileSystemTest {
  private static final int NOT_PERMITTED = 77;
  private static final String MOUNT_AND_RUN =
      "mount -t tmpfs -o size=8m none \"$1\" || exit " + NOT_PERMITTED + "; shift; exec \"$@\"";

  @TempDir private Path folder;

  /** The last that the process says that works on the file system. */
  private String inside(Path mountPoint) throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
    command.addAll(List.of(MOUNT_AND_RUN, "sh", mountPoint.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(FullFileSystemTest.class.getName(), mountPoint.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Assumptions.abort("there is no unshare: " + e.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    Assumptions.assumeTrue(
        code != NOT_PERMITTED && !said.startsWith("unshare:"), "no mount is permitted here");
    assertEquals(0, code, said);
    return said.lines().toList().getLast();
  }

  @Test
  void tablesThatCannotGetMoreRowsLeaveTheObjectsAsTheyAre() throws Exception {
    assertEquals("refused, whole", inside(folder));
  }

  /** Fills the file system and then wants rows, by zeros; says what became of an object. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path path = folder.resolve("store");
    StoreOptions options = StoreOptions.DEFAULT.withObjectLimit(100_000).withProcessLimit(2);
    try (ObjectStore store =
            ObjectStore.open(path, options.withGrowthBytes(1 << 20).withMarginBytes(0));
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ObjectRef ref = store.put("kept", TestStores.data(1, 100_000));
      fill(folder.resolve("other"));
      Tables tables = TestStores.tables(store);
      List<TableRows.Range> more = TableRows.ranges(tables.header(), 1024, 100_000);
      // A file that is not the one at the path, so nothing is reserved by the system.
      FileMemory zeros = new FileMemory(path, new Object(), channel, Files.size(path));
      try {
        zeros.reserveInside(more.getFirst().offset(), more.getFirst().bytes());
        System.out.print("reserved, ");
      } catch (StoreFullException e) {
        System.out.print("refused, ");
      }
      boolean whole = Arrays.equals(TestStores.bytes(1, 100_000), TestStores.read(store, ref));
      System.out.println(whole && store.verify().findings().isEmpty() ? "whole" : "lost");
    }
  }

  private static void fill(Path file) {
    byte[] piece = new byte[4096];
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (true) {
        out.write(ByteBuffer.wrap(piece));
      }
    } catch (IOException e) {
      // Now it is full.
    }
  }
}
