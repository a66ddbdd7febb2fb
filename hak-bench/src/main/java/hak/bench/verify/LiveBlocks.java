package hak.bench.verify;

/**
 * What a verified replay knows of the blocks in the slots of one table. Of a table that several
 * threads have, a slot is used by one at a time: its events say which.
 */
final class LiveBlocks {
  final long[] addresses;
  final long[] sizes;
  final long[] usable;

  /** The thread that allocated the block, and its number among the blocks of that thread. */
  final int[] threads;

  final long[] ids;

  LiveBlocks(int slots) {
    addresses = new long[slots];
    sizes = new long[slots];
    usable = new long[slots];
    threads = new int[slots];
    ids = new long[slots];
  }

  /** What the block in a slot is filled with. */
  long seed(int slot) {
    return Pattern.seed(threads[slot], ids[slot]);
  }

  void move(int from, int to) {
    addresses[to] = addresses[from];
    sizes[to] = sizes[from];
    usable[to] = usable[from];
    threads[to] = threads[from];
    ids[to] = ids[from];
    addresses[from] = 0;
  }

  /** Which block covers an address, another one than that in a slot of a table; else nothing. */
  String covering(long address, LiveBlocks besidesTable, int besides) {
    for (int slot = 0; slot < addresses.length; slot++) {
      long start = addresses[slot];
      boolean itself = this == besidesTable && slot == besides;
      if (start != 0 && !itself && address >= start && address < start + usable[slot]) {
        return ", block " + ids[slot] + " of thread " + threads[slot];
      }
    }
    return "";
  }
}
