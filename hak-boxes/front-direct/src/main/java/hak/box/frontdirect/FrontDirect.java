package hak.box.frontdirect;

import hak.core.memory.Magazines;
import hak.core.spi.Front;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * A magazine for each heap and size class that lets no block pass: when it is full, half of it goes
 * to the tier at once, when it is empty it is filled anew from there. A cache behind it never gets
 * a block but what it asks for itself.
 *
 * @param refill how many blocks it asks for at most
 */
record FrontDirect(Magazines magazines, Front front, int refill) implements ThreadCache {
  @Override
  public void open(int heap) {
    magazines.open(heap);
  }

  @Override
  public int pop(int heap, int sizeClass) {
    return magazines.pop(heap, sizeClass);
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return magazines.push(heap, sizeClass, block) || pushSlow(heap, sizeClass, block);
  }

  /** Where nothing can be drained, for want of stack, the block goes the way of all others. */
  private boolean pushSlow(int heap, int sizeClass, int block) {
    int room = magazines.room(sizeClass);
    try {
      front.drain(this, heap, sizeClass, (room + 1) / 2);
    } catch (StackOverflowError nothingChanged) {
      return false;
    }
    return magazines.push(heap, sizeClass, block);
  }

  @Override
  public boolean refills() {
    return true;
  }

  @Override
  public int wanted(int heap, int sizeClass) {
    return Math.min(refill, magazines.room(sizeClass) / 2);
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    magazines.forEach(heap, sizeClass, visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return magazines.blockCount(heap, sizeClass);
  }
}
