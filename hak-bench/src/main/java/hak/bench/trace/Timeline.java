package hak.bench.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * The most that was alive, in stretches of the same number of events: when there are too many
 * stretches, each two become one.
 */
final class Timeline {
  private static final int MOST = 512;

  private final long[] bytes = new long[MOST];
  private final long[] blocks = new long[MOST];
  private int count;
  private long length = 1;
  private long left = 1;
  private long mostBytes;
  private long mostBlocks;

  /** What is alive after one more event. */
  void add(long liveBytes, long liveBlocks) {
    mostBytes = Math.max(mostBytes, liveBytes);
    mostBlocks = Math.max(mostBlocks, liveBlocks);
    if (--left == 0) {
      left = length;
      if (count == MOST) {
        halve(); // and this stretch is the first half of one
      } else {
        end();
      }
    }
  }

  private void end() {
    bytes[count] = mostBytes;
    blocks[count] = mostBlocks;
    count++;
    mostBytes = 0;
    mostBlocks = 0;
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      bytes[i] = Math.max(bytes[2 * i], bytes[2 * i + 1]);
      blocks[i] = Math.max(blocks[2 * i], blocks[2 * i + 1]);
    }
    count = MOST / 2;
    length *= 2;
  }

  /** Most bytes in each stretch; the last one may be shorter. */
  List<Long> bytes() {
    return withLast(bytes, mostBytes);
  }

  /** Most blocks in each stretch; the last one may be shorter. */
  List<Long> blocks() {
    return withLast(blocks, mostBlocks);
  }

  private List<Long> withLast(long[] values, long last) {
    List<Long> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(values[i]);
    }
    if (left != length || count == 0) {
      list.add(last);
    }
    return list;
  }
}
