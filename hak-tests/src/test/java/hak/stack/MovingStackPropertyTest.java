package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class MovingStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.MOVING.profile();
  }
}
