package hak.bench.stack;

import hak.core.spi.Profile;
import hak.testkit.AllocatorProperties;

class CachedStackProperties extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return TestStack.CACHED.profile();
  }
}
