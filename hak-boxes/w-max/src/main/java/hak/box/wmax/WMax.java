package hak.box.wmax;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at what the middle tier counted, then decides.
 *
 * @param windowMillis how often
 */
record WMax(long windowMillis, WMaxLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window);
  }
}
