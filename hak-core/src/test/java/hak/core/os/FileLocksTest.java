package hak.core.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks that belong to one opening of a file. */
class FileLocksTest {
  private static final int CLOSED_BY_EXEC = 02000000;

  @TempDir private Path folder;
  private String file;

  @BeforeEach
  void create() throws IOException {
    file = Files.createFile(folder.resolve("file")).toString();
  }

  @Test
  void aLockIsSeenByEveryOtherOpeningUntilItsOwnEnds() throws IOException {
    try (FileLocks asker = FileLocks.openToAsk(file);
        FileLocks other = FileLocks.open(file)) {
      FileLocks owner = FileLocks.open(file);
      assertTrue(owner.tryLock(100, 64));
      assertTrue(owner.tryLock(100, 64), "its own lock does not stop it");
      assertFalse(owner.isLockedElsewhere(100, 64));
      for (long at : new long[] {100, 163}) {
        assertTrue(asker.isLockedElsewhere(at, 1));
        assertFalse(other.tryLock(at, 1));
      }
      for (long at : new long[] {99, 164}) {
        assertFalse(asker.isLockedElsewhere(at, 1));
        assertTrue(other.tryLock(at, 1));
      }
      owner.close();
      assertFalse(asker.isLockedElsewhere(100, 64));
      assertTrue(other.tryLock(100, 64));
    }
  }

  @Test
  void aLockIsGivenUpAlone() throws IOException {
    try (FileLocks owner = FileLocks.open(file);
        FileLocks other = FileLocks.open(file)) {
      assertTrue(owner.tryLock(0, 8));
      assertTrue(owner.tryLock(1L << 61, 8));
      owner.unlock(0, 8);
      assertFalse(other.isLockedElsewhere(0, 8));
      assertTrue(other.isLockedElsewhere(1L << 61, 8));
    }
  }

  @Test
  void closingAnotherOpeningOfTheFileEndsNoLock() throws IOException {
    try (FileLocks owner = FileLocks.open(file);
        FileLocks asker = FileLocks.openToAsk(file)) {
      assertTrue(owner.tryLock(0, 8));
      FileLocks.open(file).close();
      assertEquals(0, Files.readAllBytes(Path.of(file)).length);
      assertTrue(asker.isLockedElsewhere(0, 8));
    }
  }

  @Test
  void noProgramThatThisOneStartsInheritsIt() throws IOException {
    try (FileLocks locks = FileLocks.open(file)) {
      String info = Files.readString(Path.of("/proc/self/fdinfo/" + locks.descriptor()));
      String flags = info.lines().filter(line -> line.startsWith("flags:")).findAny().orElseThrow();
      assertEquals(
          CLOSED_BY_EXEC, Integer.parseInt(flags.substring(6).strip(), 8) & CLOSED_BY_EXEC);
    }
  }

  @Test
  void whoOnlyAsksCannotLockAndNobodyCanAfterClose() throws IOException {
    FileLocks asker = FileLocks.openToAsk(file);
    assertThrows(IOException.class, () -> asker.tryLock(0, 8));
    assertThrows(IOException.class, () -> FileLocks.open(file + ".missing"));
    asker.close();
    asker.close();
    assertThrows(IllegalStateException.class, () -> asker.isLockedElsewhere(0, 8));
  }
}
