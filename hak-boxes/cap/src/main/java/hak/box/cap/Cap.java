package hak.box.cap;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at the counters of the budget, then decides.
 *
 * @param windowMillis how often
 */
record Cap(long windowMillis, CapLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window);
  }
}
