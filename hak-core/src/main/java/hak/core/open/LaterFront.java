package hak.core.open;

import hak.core.spi.Front;
import hak.core.spi.ThreadCache;

/** The front of a stack that is being built: boxes get it before there is one. */
final class LaterFront implements Front {
  private Front front;

  /** From now on there is one. */
  void connect(Front built) {
    front = built;
  }

  private Front built() {
    if (front == null) {
      throw new IllegalStateException("not all boxes of the stack are made");
    }
    return front;
  }

  @Override
  public int fill(int heap, int sizeClass, int blocks) {
    return built().fill(heap, sizeClass, blocks);
  }

  @Override
  public int held(int heap, int sizeClass) {
    return built().held(heap, sizeClass);
  }

  @Override
  public int drain(int heap, int sizeClass, int blocks) {
    return built().drain(heap, sizeClass, blocks);
  }

  @Override
  public int drain(ThreadCache cache, int heap, int sizeClass, int blocks) {
    return built().drain(cache, heap, sizeClass, blocks);
  }
}
