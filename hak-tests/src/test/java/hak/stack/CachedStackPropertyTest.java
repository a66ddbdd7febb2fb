package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class CachedStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return TestStack.CACHED.profile();
  }
}
