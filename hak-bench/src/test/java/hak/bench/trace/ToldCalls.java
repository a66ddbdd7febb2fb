package hak.bench.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Keeps what it is told as text: {@code "0 malloc 24 -> a"}, thread first; blocks get letters. */
public final class ToldCalls implements TraceEvents {
  private final LongPredicate isWanted;
  private final List<String> calls = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private int wanted;
  private int thread;

  /** Keeps all calls. */
  public ToldCalls() {
    this(_ -> true);
  }

  /**
   * Keeps the calls about some blocks.
   *
   * @param isWanted by the size with which a block begins
   */
  public ToldCalls(LongPredicate isWanted) {
    this.isWanted = isWanted;
  }

  /** The calls so far. */
  public List<String> calls() {
    return calls;
  }

  @Override
  public void thread(int number) {
    thread = number;
  }

  @Override
  public int malloc(long size) {
    return begin("malloc " + size, size);
  }

  @Override
  public int calloc(long size) {
    return begin("calloc " + size, size);
  }

  @Override
  public int aligned(int log2, long size) {
    return begin("aligned 2^" + log2 + " " + size, size);
  }

  @Override
  public void free(int block) {
    if (names.get(block) != null) {
      calls.add(thread + " free " + names.get(block));
    }
  }

  @Override
  public int realloc(int block, long size) {
    return begin("realloc " + names.get(block) + " " + size, size);
  }

  private int begin(String call, long size) {
    String name = null;
    if (isWanted.test(size)) {
      name = String.valueOf((char) ('a' + wanted++ % 26));
      calls.add(thread + " " + call + " -> " + name);
    }
    names.add(name);
    return names.size() - 1;
  }
}
