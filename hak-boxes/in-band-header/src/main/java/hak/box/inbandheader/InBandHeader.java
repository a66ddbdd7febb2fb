package hak.box.inbandheader;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.StackRoom;
import hak.core.slabs.SlabTier;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * A {@link SlabTier} whose blocks have a header.
 *
 * <pre>
 *   | - : 15 bytes | 0xA0 + size class : 1 byte | block | - : 15 bytes | ...
 * </pre>
 *
 * <p>The header is written before its block is taken off the list: the one store that counts still
 * comes last.
 *
 * @param always whether each allocation writes it; else the first of each block does
 */
record InBandHeader(SlabTier tier, Memory memory, boolean always) implements SizeTier {
  /** Bytes in front of a block: as many as keep it aligned. */
  static final int HEAD_BYTES = 16;

  private static final int MAGIC = 0xA0;

  private static byte header(int sizeClass) {
    return (byte) (MAGIC + sizeClass);
  }

  /** In the unit in front of the block, the last byte. */
  private void write(int block, int sizeClass) {
    memory.putByte(block - 1, Memory.UNIT_BYTES - 1, header(sizeClass));
  }

  @Override
  public int allocate(int heap, int sizeClass) {
    int slab = tier.slabs().active(heap, sizeClass);
    long list = slab == 0 ? BlockList.EMPTY : tier.pages().local(slab);
    if (BlockList.isEmpty(list)) {
      return allocateSlow(heap, sizeClass);
    }
    int block = BlockList.first(list);
    if (always) {
      write(block, sizeClass);
    }
    tier.pages().local(slab, BlockList.rest(memory, list));
    return block;
  }

  private int allocateSlow(int heap, int sizeClass) {
    StackRoom.forBox();
    int block = tier.allocate(heap, sizeClass);
    if (block != 0) {
      write(block, sizeClass);
    }
    return block;
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    if (memory.getByte(block - 1, Memory.UNIT_BYTES - 1) != header(sizeClass)) {
      refuse(sizeClass, block);
    }
    tier.release(heap, sizeClass, block);
  }

  private void refuse(int sizeClass, int block) {
    throw new IllegalStateException(
        String.format(
            "the header of block 0x%x is 0x%02x, not 0x%02x: something wrote in front of it",
            memory.address(block),
            memory.getByte(block - 1, Memory.UNIT_BYTES - 1),
            header(sizeClass)));
  }

  @Override
  public boolean drain(int heap) {
    return tier.drain(heap);
  }

  @Override
  public void retire(int heap) {
    tier.retire(heap);
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {
    tier.forEachActive(heap, sizeClass, visitor);
  }

  @Override
  public int activeCount(int heap, int sizeClass) {
    return tier.activeCount(heap, sizeClass);
  }
}
