package hak.core.report;

import hak.core.heaps.ThreadHeaps;
import hak.core.inside.Boxes;
import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.memory.VirtualMemory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The parts of a stack that reports are made of.
 *
 * @param still held by who reads lists that must not move, and by the housekeeper while it looks;
 *     taken before every other lock
 */
public record StackInside(
    Memory memory,
    PageTable pages,
    PageRuns pageRuns,
    SizeClasses sizeClasses,
    Boxes boxes,
    ThreadHeaps threadHeaps,
    VirtualMemory system,
    ReentrantLock still)
    implements StackView {
  @Override
  public void whileStill(Runnable reader) {
    StackRoom.forCall();
    still.lock();
    try {
      reader.run();
    } finally {
      still.unlock();
    }
  }

  @Override
  public long systemCalls() {
    return system.callCount();
  }

  @Override
  public int[] heaps() {
    StackRoom.forBox();
    return threadHeaps.heaps();
  }
}
