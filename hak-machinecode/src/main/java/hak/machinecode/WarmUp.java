package hak.machinecode;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The child JVM of {@code hak profile asm}: uses a stack until C2 has compiled its malloc and free,
 * as a program would that mostly hits. {@link MachineCode} starts it and has the two methods
 * printed and kept out of this loop.
 */
final class WarmUp {
  /** What the child prints once it has the stack: the base of the reservation follows. */
  static final String BASE = "hak-base ";

  private static final int OPERATIONS = 1_500_000;
  private static final int SLOTS = 512;
  private static final int SMALL_BYTES = 1024;
  private static final int LARGE_BYTES = 200_000;

  private WarmUp() {}

  /** Arguments: {@code name} or {@code file}, then which. */
  public static void main(String[] args) {
    try (HakAllocator heap =
        args[0].equals("file") ? Hak.open(Path.of(args[1])) : Hak.open(args[1])) {
      System.out.println(BASE + StackView.of(heap).memory().base());
      run(heap);
    }
  }

  private static void run(HakAllocator heap) {
    int largest = StackView.of(heap).sizeClasses().largestBytes();
    int small = Math.min(SMALL_BYTES, largest);
    int large = StackView.of(heap).largeTiers().isEmpty() ? largest : LARGE_BYTES;
    SplittableRandom random = new SplittableRandom(42);
    long[] blocks = new long[SLOTS];
    for (int i = 0; i < OPERATIONS; i++) {
      int slot = random.nextInt(SLOTS);
      if (blocks[slot] != 0) {
        heap.free(blocks[slot]);
        blocks[slot] = 0;
      } else {
        // One large block in 4,096 keeps the slow paths compiled as calls, not as traps.
        int bound = (i & 4095) == 0 ? large : small;
        blocks[slot] = heap.malloc(1 + random.nextInt(bound));
      }
    }
    for (long block : blocks) {
      heap.free(block);
    }
  }
}
