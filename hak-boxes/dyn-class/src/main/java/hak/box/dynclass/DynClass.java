package hak.box.dynclass;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at the sizes that were asked for, then decides.
 *
 * @param windowMillis how often
 */
record DynClass(long windowMillis, ClassLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window);
  }
}
