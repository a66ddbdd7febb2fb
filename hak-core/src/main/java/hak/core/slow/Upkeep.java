package hak.core.slow;

import hak.core.close.OpenState;
import hak.core.heaps.ThreadHeaps;
import hak.core.memory.PageRuns;
import hak.core.memory.StackRoom;
import hak.core.report.Stillness;
import java.util.List;

/** Collects what is free and gives it back. Any thread may call. */
public final class Upkeep {
  private final OpenState state;
  private final ThreadHeaps heaps;
  private final LargeBlocks largeBlocks;
  private final PageRuns pageRuns;
  private final Stillness stillness;

  /** Made beforehand: a call that finds no memory makes nothing. */
  private final Runnable givingBack = this::giveBack;

  /** Held for the housekeeper, who knows them weakly: they live as long as the stack. */
  private final List<Housekeeper.Chore> chores;

  /**
   * Of a stack that is about to be opened.
   *
   * @param chores what the housekeeper is to do for it
   */
  public Upkeep(
      OpenState state,
      ThreadHeaps heaps,
      LargeBlocks largeBlocks,
      PageRuns pageRuns,
      Stillness stillness,
      List<? extends Housekeeper.Chore> chores) {
    this.state = state;
    this.heaps = heaps;
    this.largeBlocks = largeBlocks;
    this.pageRuns = pageRuns;
    this.stillness = stillness;
    this.chores = List.copyOf(chores);
  }

  /** Has the housekeeper do what there is to do, from now on. */
  public void begin() {
    if (!chores.isEmpty()) {
      pageRuns.tellOfGrowth(Housekeeper::wake);
      Housekeeper.watch(chores);
    }
  }

  /** Before the pool grows: what is free already is used first. */
  public void reclaim() {
    heaps.reclaim();
  }

  /**
   * Gives everything back that is kept for later. The housekeeper is kept out meanwhile, for what
   * it holds is passed by.
   *
   * @throws IllegalStateException after close
   */
  public void trim() {
    state.requireOpen();
    stillness.read(givingBack);
  }

  private void giveBack() {
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
