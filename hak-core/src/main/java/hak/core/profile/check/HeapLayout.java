package hak.core.profile.check;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.memory.Round;
import hak.core.spi.HeapSpace;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where each box keeps its state in a thread heap. The size of a heap is known from what the boxes
 * declare, before any of them is made.
 *
 * <pre>
 *   | cells of box 0 | cells of box 1 | ...   | lines of box 0 | lines of box 1 | ... |
 *     an array over the size classes            whole cache lines, for what other threads write
 * </pre>
 */
public final class HeapLayout {
  private final int cellsOfClass;
  private final Map<String, Declared> boxes = new LinkedHashMap<>();
  private long cellBytes;
  private long lineBytes;

  /** What a box declared, and where it begins among the cells and among the lines. */
  private record Declared(HeapSpace space, long cellsOffset, long linesOffset) {}

  /**
   * A heap without a box.
   *
   * @param lastClass number of the last size class; class 0, which is none, has a cell as well
   */
  HeapLayout(int lastClass) {
    cellsOfClass = lastClass + 1;
  }

  /** Sets aside what a box declares, behind what the boxes before it have. */
  void add(String box, HeapSpace space) {
    boxes.put(box, new Declared(space, cellBytes, lineBytes));
    cellBytes += (long) space.perClassBytes() * cellsOfClass;
    lineBytes += space.perHeapBytes();
  }

  /** Bytes of a heap: whole cache lines, at least one, so that heaps differ by address. */
  public long heapBytes() {
    return Math.max(firstLine() + lineBytes, HeapSpace.LINE_BYTES);
  }

  private long firstLine() {
    return wholeLines(cellBytes);
  }

  private static long wholeLines(long bytes) {
    return Round.up(bytes, HeapSpace.LINE_BYTES);
  }

  /** What the boxes were given, by box, in bytes of a heap. */
  Map<String, Long> bytesByBox() {
    Map<String, Long> bytes = new LinkedHashMap<>();
    boxes.forEach((box, declared) ->
        bytes.put(
            box,
            (long) declared.space.perClassBytes() * cellsOfClass + declared.space.perHeapBytes()));
    return bytes;
  }

  /** The share of a box that was added, nothing of it given yet: for making the box once. */
  public Share share(String box) {
    return new Share(box, boxes.get(box));
  }

  /** What one box declared, handed out piece by piece while it is made. Not for several threads. */
  public final class Share {
    private final String box;
    private final Declared declared;
    private long perClassGiven;
    private long perHeapGiven;

    private Share(String box, Declared declared) {
      this.box = box;
      this.declared = declared;
    }

    /**
     * Gives {@code bytes} for each size class.
     *
     * @throws IllegalArgumentException if {@code bytes} is no positive multiple of 8
     * @throws IllegalStateException naming the box if it declared less; nothing is given then
     */
    public PerClass perClass(int bytes) {
      if (bytes <= 0 || bytes % Memory.UNIT_BYTES != 0) {
        throw new IllegalArgumentException(
            String.format(
                "box '%s' asks for %d B per size class; a positive multiple of 8 is needed",
                box, bytes));
      }
      requireDeclared(perClassGiven + bytes, declared.space.perClassBytes(), "per size class");
      long offset = declared.cellsOffset + perClassGiven * cellsOfClass;
      perClassGiven += bytes;
      return new PerClass((int) (offset / Memory.UNIT_BYTES), bytes / Memory.UNIT_BYTES);
    }

    /**
     * Gives {@code bytes} once, at a cache line.
     *
     * @throws IllegalArgumentException if {@code bytes} is not positive
     * @throws IllegalStateException naming the box if it declared less; nothing is given then
     */
    public PerHeap perHeap(int bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException(
            String.format("box '%s' asks for %d B per heap", box, bytes));
      }
      requireDeclared(perHeapGiven + wholeLines(bytes), declared.space.perHeapBytes(), "per heap");
      long offset = firstLine() + declared.linesOffset + perHeapGiven;
      perHeapGiven += wholeLines(bytes);
      return new PerHeap((int) (offset / Memory.UNIT_BYTES));
    }

    private void requireDeclared(long asked, long most, String of) {
      if (asked > most) {
        throw new IllegalStateException(
            String.format(
                "box '%s' asks for %,d B %s of each thread heap; its provider declares %,d B"
                    + " (BoxProvider.heapSpace)",
                box, asked, of, most));
      }
    }
  }
}
