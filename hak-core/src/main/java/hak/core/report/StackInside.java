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

/**
 * The parts of a stack that reports are made of.
 *
 * @param stillness in which they are read
 */
public record StackInside(
    Memory memory,
    PageTable pages,
    PageRuns pageRuns,
    SizeClasses sizeClasses,
    Boxes boxes,
    ThreadHeaps threadHeaps,
    VirtualMemory system,
    Stillness stillness)
    implements StackView {
  @Override
  public void whileStill(Runnable reader) {
    stillness.read(reader);
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
