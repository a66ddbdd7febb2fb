package hak.stack;

import hak.testkit.FailingVirtualMemory;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests with {@link Turnstile} have in common. */
abstract class TurnstileTest {
  final FailingVirtualMemory system = new FailingVirtualMemory();

  @BeforeEach
  void keepLeaksQuiet() {
    Logger.getLogger("hak").setUseParentHandlers(false);
  }

  @AfterEach
  void nobodyIsHeldAndNothingIsMapped() throws InterruptedException {
    Logger.getLogger("hak").setUseParentHandlers(true);
    Turnstile.leave();
    system.awaitNothingMapped();
  }
}
