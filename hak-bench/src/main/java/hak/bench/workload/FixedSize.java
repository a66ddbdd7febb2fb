package hak.bench.workload;

import hak.bench.trace.Program;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** 128 slots, one size: {@code fixed-SIZE}. */
final class FixedSize implements WorkloadFamily {
  private static final String PREFIX = "fixed-";
  private static final int SLOTS = 128;
  private static final int SMALLEST_BYTES = 16;
  private static final int LARGEST_BYTES = 1024;

  @Override
  public String form() {
    return PREFIX + "SIZE with a size from " + SMALLEST_BYTES + " to " + LARGEST_BYTES;
  }

  /** The powers of two; it has all sizes between them too. */
  @Override
  public List<String> names() {
    return IntStream.iterate(SMALLEST_BYTES, size -> size <= LARGEST_BYTES, size -> size * 2)
        .mapToObj(size -> PREFIX + size)
        .toList();
  }

  @Override
  public boolean has(String name) {
    if (!name.matches(PREFIX + "[1-9][0-9]{1,3}")) {
      return false;
    }
    int size = size(name);
    return size >= SMALLEST_BYTES && size <= LARGEST_BYTES;
  }

  private static int size(String name) {
    return Integer.parseInt(name.substring(PREFIX.length()));
  }

  @Override
  public Program program(String name) {
    int size = size(name);
    SlotMix mix = new SlotMix(SLOTS);
    SplittableRandom random = new SplittableRandom(SlotMix.SEED);
    for (int i = 0; i < SlotMix.STEPS; i++) {
      mix.step(random.nextInt(SLOTS), size);
    }
    return mix.program();
  }
}
