package hak.core.memory;

/**
 * Where one box keeps state that it has once in every thread heap.
 *
 * @param offsetUnits units from the start of a heap
 */
public record PerHeap(int offsetUnits) {
  /** The ref of the box's cell in {@code heap}, aligned to 64 bytes. */
  public int at(int heap) {
    return heap + offsetUnits;
  }
}
