package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectStore;
import hak.store.access.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed creator left is removed, and nothing else. */
class DraftsTest {
  @TempDir private Path folder;

  /** A creator that ends at a step. */
  private static final class Ends implements CrashPoint {
    private int left;

    Ends(int step) {
      left = step;
    }

    @Override
    public void reached() {
      if (--left == 0) {
        throw new TestStores.Killed();
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The draft that a creator leaves which is killed at that step, as its handlers do not run. */
  private Path draftKilledAt(int step) throws IOException {
    Path other = Files.createDirectory(folder.resolve("killed-" + step));
    Path[] draft = new Path[1];
    CrashPoint copy =
        new CrashPoint() {
          private int left = step;

          @Override
          public void reached() {
            if (--left == 0) {
              try (Stream<Path> files = Files.list(other)) {
                Path made = files.filter(file -> file.toString().endsWith(".new")).findAny().get();
                draft[0] = Files.copy(made, folder.resolve(made.getFileName()));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            }
          }
        };
    assertTrue(StoreFile.create(other.resolve("store"), TestStores.SMALL, copy));
    Files.delete(other.resolve("store"));
    Files.delete(other);
    return draft[0];
  }

  private static void makeOld(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));
  }

  @Test
  void aDraftIsRemovedFromItsFirstWriteOn() throws Exception {
    for (int step = 1; step <= 3; step++) {
      Path draft = draftKilledAt(step);
      ObjectStore.open(folder.resolve("fresh-" + step), TestStores.SMALL).close();
      assertTrue(Files.exists(draft), "it may be another creator's that is at it");
      makeOld(draft);
      ObjectStore.open(folder.resolve("later-" + step), TestStores.SMALL).close();
      assertFalse(Files.exists(draft), "step " + step);
    }
  }

  @Test
  void whatOnlyHasTheNameStays() throws Exception {
    Path draft = draftKilledAt(1);
    byte[] content = Files.readAllBytes(draft);
    Path otherName = folder.resolve(".hak-store-00000000000000ff.new");
    Files.write(otherName, content);
    content[30] ^= 1;
    Files.write(draft, content);
    Path empty = Files.createFile(folder.resolve(".hak-store-0000000000000001.new"));
    Path inner = Files.createDirectory(folder.resolve(".hak-store-0000000000000002.new"));
    Path backup = Files.writeString(folder.resolve(".models.backup.new"), "mine");
    Path link = folder.resolve(".hak-store-0000000000000003.new");
    Files.createSymbolicLink(link, draft);
    for (Path file : List.of(otherName, draft, empty, inner, backup)) {
      makeOld(file);
    }
    List<Path> before = files();
    ObjectStore.open(folder.resolve("models"), TestStores.SMALL).close();
    Files.delete(folder.resolve("models"));
    assertEquals(before, files());
  }

  @Test
  void aCreatorThatFailsLeavesNothing() throws Exception {
    for (int step = 1; step <= 2; step++) {
      Ends ends = new Ends(step);
      assertThrows(
          TestStores.Killed.class,
          () -> StoreFile.create(folder.resolve("models"), TestStores.SMALL, ends));
      assertEquals(List.of(), files());
    }
  }

  @Test
  void aStoreMayHaveALongName() throws Exception {
    Path path = folder.resolve("m".repeat(255));
    ObjectStore.open(path, TestStores.SMALL).close();
    assertEquals(List.of(path), files());
  }
}
