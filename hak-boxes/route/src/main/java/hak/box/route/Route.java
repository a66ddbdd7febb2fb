package hak.box.route;

import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;

/**
 * Looks at slabs and at what passes the caches, then decides.
 *
 * @param windowMillis how often
 */
record Route(long windowMillis, RouteLearner learner) implements Learner {
  @Override
  public void window(LearningWindow window) {
    learner.window(window);
  }
}
