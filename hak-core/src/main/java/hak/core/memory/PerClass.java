package hak.core.memory;

/**
 * Where one box keeps its state for each size class inside every thread heap.
 *
 * @param offsetUnits units from the start of a heap to the cell of size class 0
 * @param strideUnits units from one size class to the next
 */
public record PerClass(int offsetUnits, int strideUnits) {
  /** The ref of the box's cell for {@code sizeClass} in {@code heap}, aligned to 8 bytes. */
  public int at(int heap, int sizeClass) {
    return heap + offsetUnits + sizeClass * strideUnits;
  }
}
