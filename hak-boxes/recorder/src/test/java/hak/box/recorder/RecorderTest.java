package hak.box.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.ArenaOption;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.CallLog;
import hak.core.spi.CallLog.Call;
import hak.core.spi.Section;
import hak.testkit.ObserverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest extends ObserverContract {
  private static final int HEADER_BYTES = 4096;
  private static final int ENTRY_BYTES = 24;
  private static final List<String> OPERATIONS =
      List.of("MALLOC", "CALLOC", "ALIGNED", "FREE", "REALLOC_BEGIN", "REALLOC_END");

  @TempDir private Path folder;

  @Override
  protected String box() {
    return "recorder";
  }

  @Override
  protected boolean countsAll() {
    return false;
  }

  @Override
  protected boolean counts() {
    return false;
  }

  private Path file() {
    return folder.resolve("calls.raw");
  }

  private HakAllocator open() {
    return Hak.open(
        Profile.ofTiers("recorded", List.of("tiny", "mid", "large", "big"))
            .with(Section.OBSERVERS, List.of("recorder"))
            .withSetting("recorder", "file", List.of(file().toString())));
  }

  private static ByteBuffer read(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
  }

  /** The entries of a file: operation, size, and which address it was, in the order of the file. */
  private static List<String> entries(Path file) throws IOException {
    ByteBuffer raw = read(file);
    List<Long> addresses = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < raw.getLong(8); i++) {
      int entry = HEADER_BYTES + i * ENTRY_BYTES;
      long address = raw.getLong(entry);
      if (!addresses.contains(address)) {
        addresses.add(address);
      }
      int operation = raw.get(entry + 20);
      String name = operation == 0 ? "-" : OPERATIONS.get(operation - 1);
      entries.add(
          name
              + " "
              + raw.getLong(entry + 8)
              + " 2^"
              + raw.get(entry + 21)
              + " @"
              + addresses.indexOf(address));
    }
    return entries;
  }

  @Test
  void everyCallIsWritten() throws IOException {
    try (HakAllocator allocator = open()) {
      long a = allocator.malloc(24);
      long b = allocator.calloc(3, 100);
      long c = allocator.malloc(50, 256);
      long d = allocator.malloc(5 << 20);
      allocator.free(a);
      allocator.free(b, 300);
      allocator.free(c);
      allocator.free(d);
      allocator.free(0);
    }
    assertEquals(
        List.of(
            "MALLOC 24 2^0 @0",
            "CALLOC 300 2^0 @1",
            "ALIGNED 50 2^8 @2",
            "MALLOC 5242880 2^0 @3",
            "FREE 0 2^0 @0",
            "FREE 0 2^0 @1",
            "FREE 0 2^0 @2",
            "FREE 0 2^0 @3"),
        entries(file()));
  }

  @Test
  void aReallocationIsItsBeginningAndItsEnd() throws IOException {
    try (HakAllocator allocator = open()) {
      long a = allocator.realloc(0, 100);
      long b = allocator.realloc(a, 101);
      long c = allocator.realloc(b, 10_000);
      assertThrows(IllegalArgumentException.class, () -> allocator.realloc(c, -1));
      allocator.free(c);
    }
    List<String> entries = entries(file());
    assertEquals("MALLOC 100 2^0 @0", entries.get(0));
    assertEquals("REALLOC_BEGIN 0 2^0 @0", entries.get(1));
    assertEquals("REALLOC_END 101 2^0 @0", entries.get(2));
    assertEquals("REALLOC_BEGIN 0 2^0 @0", entries.get(3));
    assertEquals("REALLOC_END 10000 2^0 @1", entries.get(4));
    assertEquals("REALLOC_BEGIN 0 2^0 @1", entries.get(5));
    assertEquals("REALLOC_END 1 2^0 @2", entries.get(6), "address 0: it stays");
    assertEquals("FREE 0 2^0 @1", entries.get(7));
  }

  @Test
  void aCallThatFailsIsNone() throws IOException {
    try (HakAllocator allocator = open()) {
      assertThrows(IllegalArgumentException.class, () -> allocator.malloc(-1));
      assertThrows(IllegalArgumentException.class, () -> allocator.free(12_345));
      allocator.malloc(7);
    }
    assertEquals(List.of("- 0 2^0 @0", "MALLOC 7 2^0 @1"), entries(file()));
  }

  @Test
  void segmentsAndSitesAreCalls() throws IOException {
    try (HakAllocator allocator = open()) {
      allocator.free(allocator.allocate(77, 64));
      allocator.free(allocator.site("here").malloc(78));
    }
    assertEquals(
        List.of("ALIGNED 77 2^6 @0", "FREE 0 2^0 @0", "MALLOC 78 2^0 @0", "FREE 0 2^0 @0"),
        entries(file()).stream().map(entry -> entry.replaceAll("@1", "@0")).toList());
  }

  @Test
  void arenasAreTheirChunks() throws IOException {
    try (HakAllocator allocator = open()) {
      try (var arena = allocator.arena()) {
        for (int i = 0; i < 100; i++) {
          arena.allocate(100);
        }
      }
      try (var arena = allocator.arena(ArenaOption.SHARED, ArenaOption.UNINITIALIZED)) {
        arena.allocate(100);
      }
    }
    List<String> entries = entries(file());
    assertTrue(entries.size() < 40, entries.toString());
    long begun = entries.stream().filter(entry -> !entry.startsWith("FREE")).count();
    assertTrue(begun > 2, entries.toString());
    assertEquals(entries.size(), 2 * begun, entries.toString());
  }

  /** Without gaps, and each in the order of its thread. */
  @Test
  void threadsTakePlacesInOneOrder() throws IOException, InterruptedException {
    int calls = 150_000; // with four threads and frees, more than two chunks of the file
    try (HakAllocator allocator = open()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int size = i;
        Thread.Builder kind = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
        threads.add(
            kind.start(() -> {
              for (int call = 0; call < calls; call++) {
                allocator.free(allocator.malloc(size));
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    ByteBuffer raw = read(file());
    assertEquals(8L * calls, raw.getLong(8));
    boolean[] hasBlock = new boolean[4];
    int[] threadOf = new int[4];
    List<Long> blockOf = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
    TreeSet<Long> alive = new TreeSet<>();
    for (int i = 0; i < 8 * calls; i++) {
      int entry = HEADER_BYTES + i * ENTRY_BYTES;
      long address = raw.getLong(entry);
      if (raw.get(entry + 20) == 1) {
        int size = (int) raw.getLong(entry + 8);
        assertTrue(alive.add(address), "entry " + i + ": a block where one is");
        assertTrue(!hasBlock[size], "entry " + i);
        hasBlock[size] = true;
        blockOf.set(size, address);
        threadOf[size] = raw.getInt(entry + 16);
      } else {
        assertTrue(alive.remove(address), "entry " + i + ": a free of none");
        int size = blockOf.indexOf(address);
        assertEquals(threadOf[size], raw.getInt(entry + 16), "entry " + i);
        hasBlock[size] = false;
        blockOf.set(size, -1L);
      }
    }
  }

  @Test
  void aRecordingThatIsFullEndsAndTheProgramGoesOn() throws IOException {
    CallLog log = CallFile.create(file(), 3);
    for (int i = 0; i < 3; i++) {
      assertEquals(i, log.next());
      log.tell(i, Call.MALLOC, 16, 1, 1);
    }
    assertEquals(CallLog.NONE, log.next());
    assertEquals(CallLog.NONE, log.next());
    assertEquals(27, read(file()).getInt(24), "why it ended");
  }

  @Test
  void anInterruptIsPutOff() throws IOException {
    Thread.currentThread().interrupt();
    CallLog log = CallFile.create(file(), 3);
    assertTrue(Thread.interrupted(), "it is still there");
    log.tell(log.next(), Call.MALLOC, 16, 1, 1);
    assertEquals(List.of("MALLOC 1 2^0 @0"), entries(file()));
  }

  @Test
  void noFileIsWrittenOver() throws IOException {
    open().close();
    open().close();
    try (HakAllocator allocator = open()) {
      allocator.malloc(1);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("calls-2.raw", "calls-3.raw", "calls.raw"),
          files.map(each -> each.getFileName().toString()).sorted().toList());
    }
    assertEquals(List.of(), entries(file()));
    assertEquals(1, entries(folder.resolve("calls-3.raw")).size());
  }

  @Test
  void aFileThatCannotBeMadeFailsTheOpening() {
    Profile profile =
        Profile.ofTiers("recorded", List.of("tiny"))
            .with(Section.OBSERVERS, List.of("recorder"))
            .withSetting("recorder", "file", List.of(folder.resolve("none/calls.raw").toString()));
    String message = assertThrows(UncheckedIOException.class, () -> Hak.open(profile)).getMessage();
    assertTrue(message.startsWith("recorder: cannot write "), message);
  }
}
