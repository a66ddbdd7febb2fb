package hak.core.memory;

import java.util.function.IntConsumer;

/**
 * A {@link Magazine} for each thread heap and size class, as large as its class may have it: what a
 * cache that is one is made of. The methods are those of {@link hak.core.spi.ThreadCache}.
 *
 * @param cells with {@link Magazine#bytes} of the largest room each
 * @param rooms how many blocks fit, by size class
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
public record Magazines(Memory memory, PerClass cells, int[] rooms) {
  /** Prepares the magazines of a new heap. */
  public void open(int heap) {
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      Magazine.room(memory, cells.at(heap, sizeClass), rooms[sizeClass]);
    }
  }

  /** How many blocks of {@code sizeClass} there may be. */
  public int room(int sizeClass) {
    return rooms[sizeClass];
  }

  /** Takes a block of {@code sizeClass} out; 0 when there is none. */
  public int pop(int heap, int sizeClass) {
    return Magazine.pop(memory, cells.at(heap, sizeClass));
  }

  /** Takes {@code block} in; false, and nothing changed, when there is no room. */
  public boolean push(int heap, int sizeClass, int block) {
    int cell = cells.at(heap, sizeClass);
    return Magazine.push(memory, cell, Magazine.room(memory, cell), block);
  }

  /** Visits the blocks held, changing nothing. */
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    Magazine.forEach(memory, cells.at(heap, sizeClass), visitor);
  }

  /** How many blocks are held. */
  public int blockCount(int heap, int sizeClass) {
    return Magazine.count(memory, cells.at(heap, sizeClass));
  }
}
