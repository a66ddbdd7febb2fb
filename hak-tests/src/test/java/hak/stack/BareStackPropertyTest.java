package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class BareStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return TestStack.BARE.profile();
  }
}
