/**
 * Tests for allocators and boxes: a contract suite for each role, a heap walker that checks every
 * block of a stack, and virtual memory that fails on demand.
 *
 * <p>A box's own tests subclass the suite of its role ({@link hak.testkit.ThreadCacheContract},
 * {@link hak.testkit.SizeTierContract}, ...); any test may end with {@link
 * hak.testkit.HeapWalker#check}.
 */
module hak.testkit {
  requires transitive hak.core;
  // For the contract suites alone: the walker also runs where no test framework is.
  requires static net.jqwik.api;
  requires static org.junit.jupiter.api;

  exports hak.testkit;
}
