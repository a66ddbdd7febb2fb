package hak.core.slow;

import hak.core.spi.LargeTier;

/** The large tiers, asked one after the other. */
public final class LargeBlocks {
  private final LargeTier[] tiers;
  private final long largestSmallBytes;

  /**
   * These tiers by ascending size.
   *
   * @param largestSmallBytes the largest size that the size tiers serve
   */
  public LargeBlocks(LargeTier[] tiers, long largestSmallBytes) {
    this.tiers = tiers;
    this.largestSmallBytes = largestSmallBytes;
  }

  /** The largest request that any tier serves. */
  long largestBytes() {
    return tiers.length == 0 ? largestSmallBytes : tiers[tiers.length - 1].largestBytes();
  }

  /** Whether any tier could have such a block. */
  boolean serves(long size, long alignment) {
    return size <= largestBytes() && alignment <= largestBytes();
  }

  /**
   * A block: from the first that has one among those whose memory blocks of its size fill, then
   * from the others. 0 when none has.
   */
  long allocate(long size, long alignment, BlockUse use) {
    for (int i = 0; i < tiers.length; i++) {
      long address = suits(i, size, use) ? allocateIn(tiers[i], size, alignment, use) : 0;
      if (address != 0) {
        return address;
      }
    }
    for (int i = 0; i < tiers.length; i++) {
      long address = suits(i, size, use) ? 0 : allocateIn(tiers[i], size, alignment, use);
      if (address != 0) {
        return address;
      }
    }
    return 0;
  }

  private static long allocateIn(LargeTier tier, long size, long alignment, BlockUse use) {
    if (size > tier.largestBytes()) {
      return 0;
    }
    return use == BlockUse.TO_GROW
        ? tier.allocateToGrow(size, alignment)
        : tier.allocate(size, alignment);
  }

  /** Whether a tier is asked in the first turn. */
  private boolean suits(int tier, long size, BlockUse use) {
    return size <= tiers[tier].largestBytes()
        && (tier == tiers.length - 1 || use == BlockUse.SEGMENT || tiers[tier].isDense(size));
  }

  /** A small block at a large alignment from the first that has a place for such; 0 = none has. */
  long allocateSparse(long size, long alignment) {
    for (LargeTier tier : tiers) {
      long address = tier.allocateSparse(size, alignment);
      if (address != 0) {
        return address;
      }
    }
    return 0;
  }

  /** Frees a block; false, and nothing changed, when it is of none of them. */
  boolean release(long address) {
    for (LargeTier tier : tiers) {
      if (tier.release(address)) {
        return true;
      }
    }
    return false;
  }

  /** The usable bytes of a block, 0 when it is of none of them. */
  public long usableSize(long address) {
    for (LargeTier tier : tiers) {
      long usable = tier.usableSize(address);
      if (usable != 0) {
        return usable;
      }
    }
    return 0;
  }

  /** The least usable bytes of a block of {@code size} bytes; {@code size} when no tier has one. */
  long goodSize(long size) {
    for (int i = 0; i < tiers.length; i++) {
      if (suits(i, size, BlockUse.ANY)) {
        return tiers[i].goodSize(size);
      }
    }
    return size;
  }

  /** Tries to make a block {@code newSize} bytes long where it is. */
  boolean resize(long address, long newSize) {
    for (LargeTier tier : tiers) {
      if (tier.resize(address, newSize)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a block that was just allocated is known to be zero; none of a size tier is. */
  public boolean comesZeroed(long address) {
    for (LargeTier tier : tiers) {
      if (tier.comesZeroed(address)) {
        return true;
      }
    }
    return false;
  }

  /** The alignment that a block was allocated with, 0 when it is of none of them. */
  long alignment(long address) {
    for (LargeTier tier : tiers) {
      long alignment = tier.alignment(address);
      if (alignment != 0) {
        return alignment;
      }
    }
    return 0;
  }

  /** Gives back what has been kept long enough. */
  void decay(long nowNanos) {
    for (LargeTier tier : tiers) {
      tier.decay(nowNanos);
    }
  }

  /** Gives back what is kept for later. */
  void trim() {
    for (LargeTier tier : tiers) {
      tier.trim();
    }
  }
}
