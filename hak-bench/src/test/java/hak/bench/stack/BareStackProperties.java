package hak.bench.stack;

import hak.core.spi.Profile;
import hak.testkit.AllocatorProperties;

class BareStackProperties extends AllocatorProperties {
  @Override
  protected Profile profile() {
    return TestStack.BARE.profile();
  }
}
