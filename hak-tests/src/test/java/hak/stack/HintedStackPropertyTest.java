package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.AllocatorProperties;

class HintedStackPropertyTest extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return BoxStack.HINTED.profile();
  }
}
