package hak.box.cachecapacity;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at what was handed over, then decides.
 *
 * @param windowMillis how often
 */
record CacheCapacity(long windowMillis, PartLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window);
  }

  @Override
  public boolean needsWindows() {
    return learner.needsWindows();
  }
}
