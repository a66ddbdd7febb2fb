package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.inside.StackView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A program that uses an allocator and checks all it gets: every block is aligned, overlaps no
 * other, and holds at free and at realloc what was written into it. Not for several threads at
 * once; users of their own may share an allocator.
 */
public final class CheckedUser {
  /** Of a larger block only so much is written at both ends. */
  private static final long FILLED_BYTES = 16 << 10;

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[64 << 10]);

  private final HakAllocator allocator;
  private final TreeMap<Long, Block> byAddress = new TreeMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private long nextSeed;

  /** A block in the user's hands. */
  private static final class Block {
    final long address;
    final long size;
    final long seed;
    int index;

    Block(long address, long size, long seed) {
      this.address = address;
      this.size = size;
      this.seed = seed;
    }
  }

  /** A user with no blocks, whose patterns depend on {@code seed}. */
  public CheckedUser(HakAllocator allocator, long seed) {
    this.allocator = allocator;
    this.nextSeed = seed << 32;
  }

  /** Allocates and fills a block. */
  public void malloc(long size) {
    takeIn(allocator.malloc(size), size, size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT);
  }

  /** Allocates and fills a block at a multiple of {@code alignment}. */
  public void malloc(long size, long alignment) {
    takeIn(allocator.malloc(size, alignment), size, alignment);
  }

  /** Allocates a block, checks that it is zero, and fills it. */
  public void calloc(long count, long size) {
    long address = allocator.calloc(count, size);
    assertZero(address, count * size);
    takeIn(address, count * size, count * size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT);
  }

  /** Changes the size of the {@code index}-th block; the content must stay. */
  public void realloc(int index, long newSize) {
    Block old = blocks.get(index);
    check(old);
    long address = allocator.realloc(old.address, newSize);
    checkPattern(address, old, Math.min(old.size, newSize));
    forget(old);
    takeIn(address, newSize, newSize <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT);
  }

  /** Checks and frees the {@code index}-th block. */
  public void free(int index) {
    Block block = blocks.get(index);
    check(block);
    forget(block);
    if ((block.seed & 1) == 0) {
      allocator.free(block.address);
    } else {
      allocator.free(block.address, block.size);
    }
  }

  /** Checks and frees every block. */
  public void freeAll() {
    while (!blocks.isEmpty()) {
      free(blocks.size() - 1);
    }
  }

  /**
   * Does {@code count} operations chosen by {@code random}, with sizes of {@code sizes}. There must
   * be memory enough.
   */
  public void play(RandomGenerator random, int count, Sizes sizes) {
    try {
      for (int i = 0; i < count; i++) {
        doOne(random, sizes);
      }
    } catch (OutOfMemoryError e) {
      throw new AssertionError("with " + blocks.size() + " blocks", e); // JUnit would stop the JVM
    }
  }

  private void doOne(RandomGenerator random, Sizes sizes) {
    int choice = random.nextInt(100);
    if (blocks.isEmpty() || choice < 40) {
      malloc(sizes.next(random));
    } else if (choice < 45) {
      long size = sizes.next(random);
      long alignment = 1L << random.nextInt(17);
      malloc(size, isServed(size, alignment) ? alignment : 1);
    } else if (choice < 50) {
      calloc(1 + random.nextInt(4), sizes.next(random) / 4);
    } else if (choice < 58) {
      realloc(random.nextInt(blocks.size()), sizes.next(random));
    } else {
      free(random.nextInt(blocks.size()));
    }
  }

  /** Whether a tier of the stack can align so; a stack of one size tier cannot always. */
  private boolean isServed(long size, long alignment) {
    StackView stack = StackView.of(allocator);
    return stack.sizeClasses().aligned(size, alignment) != 0 || !stack.largeTiers().isEmpty();
  }

  /** Where sizes come from. */
  @FunctionalInterface
  public interface Sizes {
    /** The next size in bytes. */
    long next(RandomGenerator random);

    /** Sizes up to {@code largest}, small ones more often: each doubling is as likely. */
    static Sizes upTo(long largest) {
      int doublings = 64 - Long.numberOfLeadingZeros(largest);
      return random -> {
        long limit = Math.min(largest, 1L << random.nextInt(1, doublings + 1));
        return random.nextLong(limit + 1);
      };
    }
  }

  private static void assertZero(long address, long size) {
    for (long done = 0; done < size; done += ZEROS.byteSize()) {
      long part = Math.min(ZEROS.byteSize(), size - done);
      long at = address + done;
      long mismatch = MemorySegment.mismatch(MEMORY, at, at + part, ZEROS, 0, part);
      assertEquals(-1, mismatch, "the first byte of a calloc of " + size + " B that is not zero");
    }
  }

  private void takeIn(long address, long size, long alignment) {
    assertNotEquals(0, address, "the address of a block");
    assertEquals(0, address & (alignment - 1), () -> "alignment of " + describe(address, size));
    long usable = allocator.usableSize(address);
    assertTrue(usable >= size, () -> describe(address, size) + " has only " + usable + " usable");
    Block block = new Block(address, size, nextSeed++);
    Map.Entry<Long, Block> before = byAddress.floorEntry(address + Math.max(size, 1) - 1);
    if (before != null) {
      Block other = before.getValue();
      assertTrue(
          other.address + Math.max(other.size, 1) <= address,
          () -> describe(address, size) + " overlaps " + describe(other.address, other.size));
    }
    assertNull(byAddress.put(address, block));
    block.index = blocks.size();
    blocks.add(block);
    fill(block);
  }

  private void forget(Block block) {
    byAddress.remove(block.address);
    Block last = blocks.removeLast();
    if (last != block) {
      last.index = block.index;
      blocks.set(block.index, last);
    }
  }

  private static String describe(long address, long size) {
    return String.format("block 0x%x of %d B", address, size);
  }

  private static long pattern(long seed, long offset) {
    return (seed + offset) * 0x9E3779B97F4A7C15L;
  }

  private static void fill(Block block) {
    forEachWord(
        block.size,
        block.size,
        (offset, bytes) -> {
          long word = pattern(block.seed, offset);
          if (bytes == 8) {
            MEMORY.set(WORD, block.address + offset, word);
          } else {
            for (int i = 0; i < bytes; i++) {
              MEMORY.set(
                  ValueLayout.JAVA_BYTE, block.address + offset + i, (byte) (word >>> (8 * i)));
            }
          }
        });
  }

  private void check(Block block) {
    checkPattern(block.address, block, block.size);
  }

  private static void checkPattern(long address, Block block, long size) {
    forEachWord(
        block.size,
        size,
        (offset, bytes) -> {
          long word = pattern(block.seed, offset);
          long found = 0;
          for (int i = 0; i < bytes && bytes < 8; i++) {
            long value = MEMORY.get(ValueLayout.JAVA_BYTE, address + offset + i) & 0xFF;
            found |= value << (8 * i);
          }
          if (bytes == 8) {
            found = MEMORY.get(WORD, address + offset);
          }
          long wanted = bytes == 8 ? word : word & ((1L << (8 * bytes)) - 1);
          if (found != wanted) {
            throw new AssertionError(
                String.format(
                    "%s: at offset %d there is 0x%x, written was 0x%x",
                    describe(address, block.size), offset, found, wanted));
          }
        });
  }

  /** A part of a block: 8 bytes, or fewer at its end. */
  private interface WordAction {
    void accept(long offset, int bytes);
  }

  /** Visits the words below {@code end} that a block of {@code size} bytes has written. */
  private static void forEachWord(long size, long end, WordAction action) {
    for (long offset = 0; offset < end; offset += 8) {
      if (offset == FILLED_BYTES && size > 2 * FILLED_BYTES + 8) {
        offset = (size - FILLED_BYTES) & -8;
      }
      if (offset < end) {
        action.accept(offset, (int) Math.min(8, end - offset));
      }
    }
  }

  /** How many blocks the user has. */
  public int blockCount() {
    return blocks.size();
  }

  /** The addresses of the user's blocks. */
  public long[] addresses() {
    return blocks.stream().mapToLong(block -> block.address).toArray();
  }
}
