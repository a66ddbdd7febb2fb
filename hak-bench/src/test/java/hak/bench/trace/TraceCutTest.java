package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceCutTest {
  /** Blocks a to c; b is moved and freed by thread 1. */
  private static void events(TraceEvents sink) {
    int a = sink.malloc(1);
    int b = sink.calloc(2);
    sink.thread(1);
    b = sink.realloc(b, 3);
    sink.free(a);
    sink.thread(0);
    int c = sink.aligned(4, 5);
    sink.thread(1);
    sink.free(b);
    sink.thread(0);
    sink.free(c);
  }

  private static List<String> cut(long first, long count) {
    ToldCalls told = new ToldCalls();
    events(new TraceCut(told, first, count));
    return told.calls();
  }

  @Test
  void allOfItIsTheSame() {
    ToldCalls whole = new ToldCalls();
    events(whole);
    assertEquals(whole.calls(), cut(0, Long.MAX_VALUE));
    assertEquals(7, whole.calls().size());
  }

  @Test
  void blocksFromBeforeAreBegunOrLeftOut() {
    assertEquals(
        List.of("1 malloc 3 -> a", "0 aligned 2^4 5 -> b"), cut(2, 3), "the free of a is left out");
    assertEquals(List.of("0 aligned 2^4 5 -> a", "0 free a"), cut(4, Long.MAX_VALUE));
  }

  @Test
  void whatFollowsIsLeftOut() {
    assertEquals(List.of("0 malloc 1 -> a", "0 calloc 2 -> b"), cut(0, 2));
    assertEquals(List.of(), cut(7, 1));
    assertEquals(List.of("0 calloc 2 -> a", "1 realloc a 3 -> b"), cut(1, 2));
  }
}
