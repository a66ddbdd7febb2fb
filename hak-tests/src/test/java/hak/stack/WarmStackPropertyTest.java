package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class WarmStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.WARM.profile();
  }
}
