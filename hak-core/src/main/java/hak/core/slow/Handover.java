package hak.core.slow;

import hak.core.memory.BlockList;
import hak.core.memory.StackRoom;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;

/**
 * A refill in one move: on a miss the tier hands a whole list over to the cache that adopts.
 *
 * <p>A record in a constant of the stack's class: the JIT compiler knows both boxes and inlines
 * them.
 */
public record Handover(ThreadCache adopter, SizeTier tier) {
  /** A block out of a new list, whose others are in the cache now; 0 when the tier has none. */
  public int take(int heap, int sizeClass) {
    StackRoom.forCall(); // between the two calls the list is nobody's
    long list = tier.handOver(heap, sizeClass);
    return BlockList.isEmpty(list) ? 0 : adopter.adopt(heap, sizeClass, list);
  }
}
