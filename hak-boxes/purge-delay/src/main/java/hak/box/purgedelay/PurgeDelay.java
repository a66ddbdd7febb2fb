package hak.box.purgedelay;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at the pages, then decides.
 *
 * @param windowMillis how often
 */
record PurgeDelay(long windowMillis, IdlePages pages, DelayLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window, pages);
  }
}
