package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeepShareTest {
  private final AtomicLong all = new AtomicLong();
  private final AtomicLong together = new AtomicLong();
  private final KeepShare first = new KeepShare(100, () -> 100, together, all);
  private final KeepShare second = new KeepShare(100, () -> 100, together, all);

  @Test
  void stacksKeepTogetherWhatOneMay() {
    assertTrue(first.tryKeep(60));
    assertFalse(second.tryKeep(41));
    assertTrue(second.tryKeep(40));
    assertFalse(first.tryKeep(1));
    first.release(10);
    assertTrue(second.tryKeep(10));
    assertEquals(50, first.ownBytes());
    assertEquals(50, second.ownBytes());
    assertEquals(100, all.get());
  }

  @Test
  void whatIsKeptUnaskedIsInExcess() {
    first.keep(130);
    assertEquals(30, first.excessBytes());
    assertEquals(30, second.excessBytes());
    assertFalse(second.tryKeep(1));
    first.keep(-40);
    assertEquals(0, second.excessBytes());
    assertTrue(second.tryKeep(10));
  }

  @Test
  void aClosedStackKeepsNothingAndChangesNothing() {
    first.keep(70);
    second.keep(20);
    first.close();
    assertEquals(20, all.get());
    first.release(70); // who was inside of a call goes on
    assertFalse(first.tryKeep(1));
    first.keep(5);
    first.close();
    assertEquals(20, all.get());
    assertEquals(0, first.ownBytes());
    assertTrue(second.tryKeep(80));
  }

  @Test
  void withoutABoundNothingIsCounted() {
    KeepShare share = KeepBudget.none().superslabs();
    assertTrue(share.tryKeep(Long.MAX_VALUE));
    share.keep(1L << 60);
    assertEquals(0, share.excessBytes());
    assertEquals(0, share.ownBytes());
    share.release(1L << 61);
    share.close();
    assertTrue(share.tryKeep(1));
  }

  @Test
  void aBudgetIsDividedWithoutALoss() {
    KeepBudget budget = KeepBudget.of(7, new KeepBudget.Kept(), () -> KeepBudget.USUAL_PERCENT);
    assertTrue(budget.superslabs().tryKeep(4));
    assertFalse(budget.superslabs().tryKeep(1));
    assertTrue(budget.bigBlocks().tryKeep(3));
    assertFalse(budget.bigBlocks().tryKeep(1));
    KeepBudget nothing = KeepBudget.of(0, new KeepBudget.Kept(), () -> KeepBudget.USUAL_PERCENT);
    assertFalse(nothing.superslabs().tryKeep(1));
    assertTrue(nothing.superslabs().tryKeep(0));
  }

  @Test
  void threadsThatKeepAndReleaseWhileAnotherClosesLeaveTheSumRight()
      throws InterruptedException, ExecutionException {
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (KeepShare share : List.of(first, second, first, second)) {
        ends.add(
            threads.submit(() -> {
              for (int i = 0; i < 100_000; i++) {
                if (share.tryKeep(30)) {
                  assertTrue(all.get() <= 100, "beyond the bound");
                  share.release(30);
                }
              }
            }));
      }
      first.close();
      for (Future<?> end : ends) {
        end.get();
      }
    }
    assertEquals(0, all.get());
    assertEquals(0, second.ownBytes());
  }

  @Test
  void theBudgetHoldsWhateverBecomesOfItsParts() {
    AtomicLong percent = new AtomicLong(80);
    KeepBudget.Kept kept = new KeepBudget.Kept();
    KeepBudget budget = KeepBudget.of(100, kept, percent::get);
    assertTrue(budget.superslabs().tryKeep(80));
    assertFalse(budget.bigBlocks().tryKeep(21));
    percent.set(30);
    assertFalse(budget.bigBlocks().tryKeep(21), "superslabs still keep what they had");
    assertTrue(budget.bigBlocks().tryKeep(20));
    assertEquals(50, budget.superslabs().excessBytes());
    assertEquals(0, budget.bigBlocks().excessBytes());
    budget.superslabs().release(50);
    assertFalse(budget.superslabs().tryKeep(1));
    assertTrue(budget.bigBlocks().tryKeep(50));
    assertEquals(100, kept.together().get());
  }

  @Test
  void stacksThatDivideTheSameBudgetDifferentlyKeepNoMore() {
    KeepBudget.Kept kept = new KeepBudget.Kept();
    KeepBudget mostSuperslabs = KeepBudget.of(100, kept, () -> 90);
    KeepBudget mostBig = KeepBudget.of(100, kept, () -> 10);
    assertTrue(mostSuperslabs.superslabs().tryKeep(90));
    assertFalse(mostBig.bigBlocks().tryKeep(11));
    assertTrue(mostBig.bigBlocks().tryKeep(10));
    mostBig.bigBlocks().keep(20); // what is freed is kept first
    assertEquals(20, mostBig.bigBlocks().excessBytes());
    mostBig.bigBlocks().close();
    mostSuperslabs.superslabs().close();
    assertEquals(0, kept.together().get());
  }

  @Test
  void whatTheBoundCostIsWhatWasGivenUpAndWantedAgain() {
    first.takeFresh(50);
    assertEquals(0, first.missedBytes(), "never there");
    first.giveUp(30);
    first.takeFresh(20);
    assertEquals(20, first.missedBytes());
    first.takeFresh(20);
    assertEquals(30, first.missedBytes());
    first.reuse(7);
    assertEquals(7, first.reusedBytes());
    KeepShare unbounded = KeepBudget.none().bigBlocks();
    unbounded.giveUp(10);
    unbounded.takeFresh(10);
    assertEquals(0, unbounded.missedBytes());
  }
}
