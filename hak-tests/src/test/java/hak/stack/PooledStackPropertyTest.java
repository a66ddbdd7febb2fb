package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class PooledStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.POOLED.profile();
  }
}
