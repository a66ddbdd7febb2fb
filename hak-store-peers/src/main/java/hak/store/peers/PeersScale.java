package hak.store.peers;

import java.util.List;

/**
 * How much is done.
 *
 * @param sizesBytes the sizes of the values
 * @param roundBytes bytes that a round stores, at least one value
 * @param roundValues most values that a round stores
 * @param warmUpMillis how long each contestant runs before the first round that counts
 */
record PeersScale(List<Integer> sizesBytes, long roundBytes, int roundValues, int warmUpMillis) {
  /** What the figures of the project are measured with. */
  static final PeersScale FULL =
      new PeersScale(List.of(1 << 10, 100 << 10, 5 << 20), 64 << 20, 10_000, 1500);

  /** How many values of a size a round stores. */
  int count(int sizeBytes) {
    return Math.clamp(roundBytes / sizeBytes, 1, roundValues);
  }
}
