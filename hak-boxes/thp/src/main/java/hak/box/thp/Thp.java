package hak.box.thp;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at what the kernel did for the process, then decides.
 *
 * @param windowMillis how often
 */
record Thp(long windowMillis, ThpLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window);
  }
}
