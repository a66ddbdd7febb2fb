package hak.store.bench.speed;

import java.util.List;

/**
 * How much one round of {@link StoreBench} does.
 *
 * @param getObjects objects that are read in random order
 * @param getSizeBytes the size of each
 * @param getPasses how often a round reads each
 * @param sizesBytes the sizes that are written
 * @param batchBytes bytes that a round writes before it deletes them, at least one object
 * @param batchObjects most objects that a round writes before it deletes them
 * @param writerMillis how long a round of writers lasts
 * @param handOvers objects that a round hands over
 * @param warmUpMillis how long each measurement is repeated before the first round that counts
 */
public record StoreScale(
    int getObjects,
    long getSizeBytes,
    int getPasses,
    List<Long> sizesBytes,
    long batchBytes,
    int batchObjects,
    int writerMillis,
    int handOvers,
    int warmUpMillis) {
  /** What the figures of the project are measured with; with 12 rounds less than a minute. */
  public static final StoreScale FULL =
      new StoreScale(
          10_000,
          1 << 10,
          13,
          List.of(1L << 10, 100L << 10, 5L << 20),
          64 << 20,
          10_000,
          100,
          100,
          400);

  /** Shows in a few seconds that everything runs; the figures mean little. */
  public static final StoreScale QUICK =
      new StoreScale(
          128, 1 << 10, 2, List.of(1L << 10, 100L << 10, 5L << 20), 1 << 20, 128, 5, 3, 1);

  /** Copies the list. */
  public StoreScale {
    sizesBytes = List.copyOf(sizesBytes);
  }

  /** How many objects of a size a round writes before it deletes them. */
  int batch(long sizeBytes) {
    return Math.clamp(batchBytes / sizeBytes, 1, batchObjects);
  }
}
