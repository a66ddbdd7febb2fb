package hak.core.heaps;

/** What is done to a heap that is the caller's for now. */
interface HeapStep {
  /** Takes in what other threads freed. */
  HeapStep DRAIN = HeapUpkeep::drain;

  /** Gives what is cached back to the tiers. */
  HeapStep EMPTY_CACHES = HeapUpkeep::emptyCaches;

  /** Gives slabs back that hold no block. */
  HeapStep RETIRE = HeapUpkeep::retire;

  /** Gives the memory of free blocks back to the system. */
  HeapStep GIVE_BACK = HeapUpkeep::giveBack;

  void run(HeapUpkeep upkeep, int heap);
}
