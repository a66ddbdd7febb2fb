package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class FullStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return TestStack.FULL.profile();
  }
}
