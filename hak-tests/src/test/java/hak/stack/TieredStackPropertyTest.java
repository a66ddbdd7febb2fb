package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class TieredStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.TIERED.profile();
  }
}
