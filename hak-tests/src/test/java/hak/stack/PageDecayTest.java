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
  void whatIsInUseBetweenLooksStays() {
    for (int i = 0; i < 10; i++) {
      runs.release(page);
      decay.look();
      assertEquals(2, kept());
      page = bare.claimRun(1);
    }
    runs.release(page);
    decay.look();
    decay.look();
    assertEquals(2, kept());
    decay.look();
    assertEquals(1, kept());
    runs.release(stays);
  }

  @Test
  void whatIsInUseBetweenLooksKeepsNoNeighbour() {
    int idle = bare.claimRun(1);
    runs.release(idle);
    for (int i = 0; i < 3; i++) {
      assertEquals(3, kept());
      runs.release(page);
      decay.look();
      page = bare.claimRun(1); // the lowest one that is free: the same again
    }
    assertEquals(2, kept());
    runs.release(page);
    runs.release(stays);
  }
}
