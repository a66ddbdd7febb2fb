package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class PackedStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.PACKED.profile();
  }
}
