package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.memory.PageDecay;
import hak.core.memory.PageRuns;
import hak.testkit.BarePages;
import hak.testkit.FailingVirtualMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which pages the looks of the housekeeper give back. */
class PageDecayTest {
  private final BarePages bare = new BarePages(new FailingVirtualMemory(), 2);
  private final PageRuns runs = bare.pageRuns();
  private final PageDecay decay = new PageDecay(runs);

  /** So that the superslab is never empty. */
  private final int stays = bare.claimRun(1);

  private int page = bare.claimRun(1);

  @AfterEach
  void unmap() {
    bare.close();
  }

  private int kept() {
    return Integer.bitCount(runs.touched(runs.firstSuperslab()));
  }

  /** Free at a look, in use between this one and the next. */
  private void freeAtALook() {
    runs.release(page);
    decay.look();
    page = bare.claimRun(1);
  }

  @Test
  void whatIsFreeAtThreeLooksGoesBack() {
    runs.release(page);
    decay.look();
    decay.look();
    assertEquals(2, kept());
    decay.look();
    assertEquals(1, kept());
    runs.release(stays);
  }

  @Test
  void whatIsInUseBetweenLooksIsNotSeenByLooks() {
    for (int i = 0; i < 3; i++) {
      freeAtALook();
    }
    runs.release(page);
    decay.look();
    assertEquals(1, kept());
  }

  @Test
  void whatIsInUseBetweenLooksIsNoted() {
    for (int i = 0; i < 10; i++) {
      freeAtALook();
      decay.note();
      assertEquals(2, kept());
    }
    runs.release(page);
    decay.look();
    decay.note();
    decay.look();
    decay.note();
    assertEquals(2, kept());
    decay.look();
    assertEquals(1, kept());
  }
}
