package hak.races;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerHeap;
import hak.core.memory.RemoteFrees;

/** One heap with two slabs, and four blocks in user hands: 0 and 1 of slab 0, 2 and 3 of slab 1. */
class RemoteFreesState {
  final Slots.Slot slot = Slots.take();
  final PageTable pages = slot.pages();
  final RemoteFrees remote =
      new RemoteFrees(slot.memory(), pages, new PerHeap(Slots.HEAP / Memory.UNIT_BYTES));
  final int heap = slot.ref();

  RemoteFreesState() {
    for (int slab = 0; slab < 2; slab++) {
      pages.describe(slot.page(slab), 1, PageTable.SLAB, 1, heap, 2);
      pages.carved(slot.descriptor(slab), 2);
    }
  }

  /** Frees a block as a thread that does not own its slab. */
  void free(int block) {
    remote.free(slot.descriptor(block / 2), slot.block(block));
  }

  /** The same for both blocks of a slab at once. */
  void freeBoth(int slab) {
    long list = remote.emptyList(slot.descriptor(slab));
    list = BlockList.push(slot.memory(), list, slot.block(2 * slab));
    list = BlockList.push(slot.memory(), list, slot.block(2 * slab + 1));
    remote.freeAll(slot.descriptor(slab), list);
  }

  /** Takes in what was freed, as the owner; returns how many blocks, or -1 if it does not end. */
  int collect() {
    int moved = 0;
    int slab = remote.take(heap);
    for (int steps = 0; slab != 0; steps++) {
      if (steps == 4) {
        return -1; // two slabs cannot be on the stack more often
      }
      int next = pages.pending(slab);
      moved += remote.drain(slab);
      slab = next;
    }
    return moved;
  }

  /**
   * Collects the rest, and counts the blocks that are in their slab's local list exactly once; -1
   * if it does not end.
   */
  int blocksInPlace() {
    return blocksInPlace(4, 2);
  }

  /** The same of the first blocks, of which so many are in each slab. */
  int blocksInPlace(int blocks, int blocksOfSlab) {
    if (collect() < 0) {
      return -1;
    }
    int inPlace = 0;
    for (int block = 0; block < blocks; block++) {
      int slab = slot.descriptor(block / blocksOfSlab);
      inPlace += timesInList(slab, slot.block(block)) == 1 ? 1 : 0;
    }
    return inPlace;
  }

  private int timesInList(int slab, int block) {
    int times = 0;
    long list = pages.local(slab);
    for (int steps = 0; BlockList.first(list) != 0 && steps < 8; steps++) {
      times += BlockList.first(list) == block ? 1 : 0;
      list = BlockList.rest(slot.memory(), list);
    }
    return BlockList.isEmpty(list) ? times : -1;
  }
}
