package hak.core.memory;

/**
 * Gives back the memory behind free pages of superslabs that are in use: one block that lives keeps
 * 64 KiB and not 2 MiB.
 *
 * <p>The pages are claimed while it goes, so nobody gets one in the middle of it, and are released
 * as pages without memory, which the pool claims last. Needs {@link StackRoom#forCall} and no Java
 * heap. Any thread may call; two at once each take what the other has not.
 *
 * @param runs the pool
 * @param reservation where the memory is
 */
record FreePages(PageRuns runs, Reservation reservation) {
  /** Gives back what is free in all superslabs; what the system refuses to take stays. */
  void purge() {
    int end = runs.superslabEnd();
    for (int superslab = runs.firstSuperslab(); superslab < end; superslab++) {
      purge(superslab, -1);
    }
  }

  /** Gives back what is free among some pages of a superslab. */
  void purge(int superslab, int among) {
    int free = runs.claimFree(superslab, among);
    if (free != 0) {
      purgeClaimed(superslab, free);
    }
  }

  private void purgeClaimed(int superslab, int free) {
    int purged = 0;
    try {
      for (int left = free; left != 0; ) {
        int first = Integer.numberOfTrailingZeros(left);
        int count = Integer.numberOfTrailingZeros(~(left >>> first));
        int run = (int) (((1L << count) - 1) << first);
        long address = runs.addressOf(superslab) + ((long) first << PageTable.PAGE_SHIFT);
        if (reservation.purge(address, (long) count << PageTable.PAGE_SHIFT)) {
          purged |= run;
        }
        left &= ~run;
      }
    } finally {
      runs.release(superslab, free, purged);
    }
  }
}
