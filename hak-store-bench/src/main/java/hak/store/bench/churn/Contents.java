package hak.store.bench.churn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * The bytes of episodes: a stretch of one sequence of random bytes that begins at a place of the
 * episode's own, so that nothing has to be kept to compare them with.
 */
final class Contents {
  private static final int PLACE_BITS = 16;

  /** Places where an episode can begin. */
  private static final int PLACES = 1 << PLACE_BITS;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final MemorySegment bytes;

  Contents(ChurnPlan plan, Arena arena) {
    bytes = arena.allocate(plan.maxBytes() + PLACES, Long.BYTES);
    SplittableRandom random = new SplittableRandom(plan.seed());
    for (long i = 0; i < bytes.byteSize() / Long.BYTES; i++) {
      bytes.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextLong());
    }
  }

  MemorySegment of(int worker, int episode, long sizeBytes) {
    long mixed = (((long) worker << Integer.SIZE) + episode + 1) * MULTIPLIER;
    return bytes.asSlice(mixed >>> (Long.SIZE - PLACE_BITS), sizeBytes);
  }
}
