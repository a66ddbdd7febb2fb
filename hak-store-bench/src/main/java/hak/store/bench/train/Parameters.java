package hak.store.bench.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.IntBuffer;
import java.util.List;

/** Parameters as a whole: their average and what tells two of them apart. */
final class Parameters {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Parameters() {}

  /** Writes the average; added up in the order of the list, so that it is the same everywhere. */
  static void average(List<MemorySegment> parts, MemorySegment to) {
    to.copyFrom(parts.getFirst());
    for (MemorySegment part : parts.subList(1, parts.size())) {
      add(part, to);
    }
    float share = 1f / parts.size();
    for (long i = 0; i < to.byteSize() / Float.BYTES; i++) {
      to.setAtIndex(FLOAT, i, to.getAtIndex(FLOAT, i) * share);
    }
  }

  private static void add(MemorySegment part, MemorySegment to) {
    for (long i = 0; i < to.byteSize() / Float.BYTES; i++) {
      to.setAtIndex(FLOAT, i, to.getAtIndex(FLOAT, i) + part.getAtIndex(FLOAT, i));
    }
  }

  /** A copy of all bits. */
  static IntBuffer bits(MemorySegment parameters) {
    return IntBuffer.wrap(parameters.toArray(ValueLayout.JAVA_INT));
  }

  /** 64 bits of all their bits and places, computed by another rule than the store's checksum. */
  static long digest(MemorySegment parameters) {
    long digest = parameters.byteSize();
    for (long i = 0; i < parameters.byteSize() / Integer.BYTES; i++) {
      digest = (digest ^ parameters.getAtIndex(ValueLayout.JAVA_INT, i)) * MULTIPLIER;
      digest ^= digest >>> 29;
    }
    return digest;
  }
}
