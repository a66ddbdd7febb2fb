package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.HakAllocator;
import hak.core.os.SharedWait;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The JDK looks for the C library while no file can be opened, and never finds it after that. */
class SpoiltLookupTest {
  @Test
  void aStackIsOpenedWithoutTheLookupOfTheJdk() throws Exception {
    ChildJvm.run(Duration.ofMinutes(1), List.of("-Xmx128m"), Opening.class, List.of());
  }

  /** Opens a stack and waits on a word after the JDK's lookup was spoilt. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] arguments) throws IOException {
      List<FileInputStream> files = new ArrayList<>();
      Linker linker = Linker.nativeLinker();
      try {
        while (true) {
          files.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        linker.defaultLookup();
      }
      for (FileInputStream file : files) {
        file.close();
      }
      assertEquals(Optional.empty(), linker.defaultLookup().find("mmap"), "of the JDK");
      try (HakAllocator allocator = TestStack.FULL.open()) {
        allocator.free(allocator.malloc(100));
        allocator.free(allocator.malloc(5 << 20));
        allocator.stats();
      }
      SharedWait.wakeAll(Arena.global().allocate(4, 4), 0);
    }
  }
}
