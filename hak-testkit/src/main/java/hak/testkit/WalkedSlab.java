package hak.testkit;

import hak.core.memory.Memory;

/** One slab during a walk: its descriptor as it was read, and the place of each carved block. */
final class WalkedSlab {
  /** Place of a block that no list and no cache holds. */
  static final char USER = 0;

  final int descriptor;
  final int sizeClass;
  final int carved;
  final int capacity;
  final int owner;
  final char[] placeOf;
  private final long address;
  private final int firstBlock;
  private final int blockBytes;
  private final int strideBytes;

  WalkedSlab(
      int descriptor,
      long address,
      int firstBlock,
      int sizeClass,
      int blockBytes,
      int strideBytes,
      int carved,
      int capacity,
      int owner) {
    this.descriptor = descriptor;
    this.address = address;
    this.firstBlock = firstBlock;
    this.sizeClass = sizeClass;
    this.blockBytes = blockBytes;
    this.strideBytes = strideBytes;
    this.carved = carved;
    this.capacity = capacity;
    this.owner = owner;
    this.placeOf = new char[carved];
  }

  /** Whether {@code block}, which lies in the slab's pages, is where a block begins. */
  boolean isBlockStart(int block) {
    return Integer.remainderUnsigned(block - firstBlock, strideBytes / Memory.UNIT_BYTES) == 0;
  }

  int indexOf(int block) {
    return Integer.divideUnsigned(block - firstBlock, strideBytes / Memory.UNIT_BYTES);
  }

  /** How many blocks are in a place. */
  long count(char place) {
    long count = 0;
    for (char of : placeOf) {
      count += of == place ? 1 : 0;
    }
    return count;
  }

  long addressAt(int index) {
    return address + (long) index * strideBytes;
  }

  /** Whether a block that begins at {@code block} is in user hands. */
  boolean isUserBlock(int block) {
    return isBlockStart(block) && indexOf(block) < carved && placeOf[indexOf(block)] == USER;
  }

  @Override
  public String toString() {
    return String.format("slab 0x%x (size class %d, %d B)", address, sizeClass, blockBytes);
  }
}
