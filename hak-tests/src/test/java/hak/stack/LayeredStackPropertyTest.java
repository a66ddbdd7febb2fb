package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class LayeredStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.LAYERED.profile();
  }
}
