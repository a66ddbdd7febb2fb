package hak.bench.stack;

import hak.core.spi.Profile;
import hak.testkit.AllocatorProperties;

class FullStackProperties extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return TestStack.FULL.profile();
  }
}
