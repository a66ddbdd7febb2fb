package hak.bench.hot;

import hak.bench.hot.HotReport.CauseRate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Counts how often slow paths are entered while something runs. Flight Recorder's MethodTiming (JEP
 * 520) puts a counter into each of these methods; they are out of the hot path, which is compiled
 * without them.
 */
final class SlowPaths {
  /** What is counted, from the caller down; each method has one form. */
  static final List<Cause> CAUSES =
      List.of(
          new Cause("refill of a cache", "hak.core.slow.Handover", "take"),
          new Cause("refill of a cache", "hak.core.slow.Layers", "takeAndRefill"),
          new Cause("refill of a cache", "hak.mid.MidTier", "refill"),
          new Cause("next slab", "hak.tiny.TinyTier", "listFromSlabs"),
          new Cause("next slab", "hak.tiny.TinyTier", "allocateSlow"),
          new Cause("next slab", "hak.core.slabs.SlabTier", "allocateSlow"),
          new Cause("slab has room again", "hak.tiny.TinyTier", "releaseSlow"),
          new Cause("slab has room again", "hak.core.slabs.SlabTier", "releaseSlow"),
          new Cause("free of another thread's block", "hak.core.memory.RemoteBatches", "free"),
          new Cause("free of another thread's block", "hak.core.memory.RemoteFrees", "free"),
          new Cause("hand-over by the slab", "hak.core.memory.RemoteFrees", "freeAll"),
          new Cause("remote drain of a slab", "hak.core.memory.RemoteFrees", "drain"),
          new Cause("claim of a slab", "hak.core.slabs.HeapSlabs", "claim"),
          new Cause("claim of a slab", "hak.mid.MidTier", "freshSlab"),
          new Cause("search for pages", "hak.core.memory.PageRuns", "claimSlow"),
          new Cause("collect before growing", "hak.core.memory.PageRuns", "collect"),
          new Cause("grow", "hak.core.memory.SuperslabSupply", "grow"),
          new Cause("block without a class", "hak.core.slow.LargeBlocks", "allocate"),
          new Cause("block out of the reservation", "hak.big.BigTier", "tryAllocate"),
          new Cause("map a range", "hak.big.Ranges", "add"),
          new Cause("heap for a thread", "hak.core.heaps.ThreadHeaps", "register"));

  private SlowPaths() {}

  /**
   * A slow path.
   *
   * @param cause what it is
   * @param type the class
   * @param method the method
   */
  record Cause(String cause, String type, String method) {
    private String filter() {
      return type + "::" + method;
    }

    private String place() {
      return type.substring(type.lastIndexOf('.') + 1) + "." + method;
    }
  }

  /** How often each was entered, in the order of {@link #CAUSES}; 0 too. */
  static List<CauseRate> count(Runnable what) {
    try (Recording recording = new Recording()) {
      String filter = CAUSES.stream().map(Cause::filter).collect(Collectors.joining(";"));
      recording.enable("jdk.MethodTiming").with("filter", filter).with("period", "endChunk");
      recording.start();
      what.run();
      recording.stop();
      Map<String, Long> counts = counts(recording);
      return CAUSES.stream()
          .map(cause ->
              new CauseRate(cause.cause(), cause.place(), counts.getOrDefault(cause.filter(), 0L)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Long> counts(Recording recording) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    Path file = Files.createTempFile("hak-paths", ".jfr");
    try {
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        RecordedMethod method = event.getValue("method");
        String name = method.getType().getName() + "::" + method.getName();
        counts.merge(
            name, event.getLong("invocations"), Math::max); // each chunk has the sum so far
      }
    } finally {
      Files.delete(file);
    }
    return counts;
  }
}
