package hak.core.slow;

import hak.core.close.OpenState;
import hak.core.heaps.ThreadHeaps;
import hak.core.memory.PageRuns;
import hak.core.memory.StackRoom;

/** Collects what is free and gives it back. Any thread may call. */
public final class Upkeep {
  private final OpenState state;
  private final ThreadHeaps heaps;
  private final LargeBlocks largeBlocks;
  private final PageRuns pageRuns;

  /** Held for the housekeeper, who knows it weakly: it lives as long as the stack. */
  private final Decay decay;

  /** Of a stack that is about to be opened. */
  public Upkeep(
      OpenState state, ThreadHeaps heaps, LargeBlocks largeBlocks, PageRuns pageRuns, Decay decay) {
    this.state = state;
    this.heaps = heaps;
    this.largeBlocks = largeBlocks;
    this.pageRuns = pageRuns;
    this.decay = decay;
  }

  /**
   * Has the housekeeper give back what has been free for a while, from now on.
   *
   * @param delayMillis how long; positive
   */
  public void giveBackAfter(long delayMillis) {
    pageRuns.tellOfGrowth(Housekeeper::wake);
    Housekeeper.watch(decay, delayMillis);
  }

  /** Before the pool grows: what is free already is used first. */
  public void reclaim() {
    heaps.reclaim();
  }

  /**
   * Gives everything back that is kept for later.
   *
   * @throws IllegalStateException after close
   */
  public void trim() {
    state.requireOpen();
    StackRoom.forCall();
    heaps.trim();
    largeBlocks.trim();
    pageRuns.trim();
  }

  /**
   * Empties the heap of the running thread and leaves it to others.
   *
   * @throws IllegalStateException after close
   */
  public void releaseThreadHeap() {
    state.requireOpen();
    StackRoom.forCall();
    heaps.releaseCurrent();
  }
}
