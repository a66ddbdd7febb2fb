package hak.store.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Ratio;
import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBenchTest {
  @TempDir private Path folder;

  private StoreBenchReport run(Path path) {
    return StoreBench.run(new StoreBenchRequest(path, 2, StoreScale.QUICK, Progress.NONE));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertSane(Ratio ratio) {
    assertTrue(ratio.low() > 0, ratio::toString);
    assertTrue(ratio.low() <= ratio.value() && ratio.value() <= ratio.high(), ratio::toString);
  }

  private static void assertSane(StoreBenchReport.Latency latency) {
    assertTrue(latency.mean() > 0, latency::toString);
    assertTrue(latency.p50() > 0 && latency.p50() <= latency.p99(), latency::toString);
  }

  @Test
  void measuresEverySizeInEveryWay() {
    StoreBenchReport report = run(folder.resolve("store"));

    assertSane(report.get().store());
    assertSane(report.get().floor());
    assertSane(report.get().byFloor());

    List<Long> sizes = StoreScale.QUICK.sizesBytes();
    assertEquals(sizes, report.writes().stream().map(StoreBenchReport.Write::sizeBytes).toList());
    for (StoreBenchReport.Write write : report.writes()) {
      assertEquals(3, write.operations().size());
      assertTrue(write.memcpyNanos() > 0 && write.deleteNanos() > 0, write::toString);
      write.operations().forEach(operation -> assertSane(operation.ofMemcpy()));
    }

    assertEquals(
        sizes, report.writers().stream().map(StoreBenchReport.Writers::sizeBytes).toList());
    for (StoreBenchReport.Writers writers : report.writers()) {
      assertTrue(writers.oneRate() > 0 && writers.memcpyRate() > 0, writers::toString);
      assertSane(writers.processes().ratio());
      assertSane(writers.threads().ratio());
      assertSane(writers.memcpyProcesses().ratio());
    }

    assertEquals(2 * StoreScale.QUICK.handOvers(), report.handOver().handOvers());
    assertSane(report.handOver().store());
    assertSane(report.handOver().pipe());
  }

  @Test
  void aStoreThatWasNotThereIsRemoved() throws IOException {
    run(folder.resolve("store"));
    assertEquals(List.of(), files());
  }

  @Test
  void aStoreThatWasThereIsLeftAsItWas() throws IOException {
    Path path = folder.resolve("store");
    try (ObjectStore store = ObjectStore.open(path, StoreOptions.DEFAULT)) {
      ObjectRef ref = store.put("mine", MemorySegment.ofArray(new byte[] {1, 2, 3}));
      List<ObjectInfo> before = store.list();
      run(path);
      assertEquals(before, store.list());
      assertEquals(ref, store.find("mine"));
      assertTrue(store.verify().findings().isEmpty());
    }
    assertEquals(List.of(path), files());
  }

  @Test
  void aStoreWithoutRoomIsLeftAsItWas() throws IOException {
    Path path = folder.resolve("store");
    StoreOptions small = StoreOptions.DEFAULT.withCapacityBytes(1 << 20);
    try (ObjectStore store = ObjectStore.open(path, small)) {
      assertThrows(StoreFullException.class, () -> run(path));
      assertEquals(List.of(), store.list());
    }
    assertEquals(List.of(path), files());
  }

  @Test
  void thereIsAtLeastOneRound() {
    Path path = folder.resolve("store");
    assertThrows(
        IllegalArgumentException.class,
        () -> new StoreBenchRequest(path, 0, StoreScale.QUICK, Progress.NONE));
  }
}
