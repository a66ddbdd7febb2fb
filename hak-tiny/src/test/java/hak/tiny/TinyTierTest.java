package hak.tiny;

import hak.testkit.SizeTierContract;
import java.util.Set;

class TinyTierTest extends SizeTierContract {
  @Override
  protected String box() {
    return "tiny";
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of("TinyTier.allocateSlow", "TinyTier.releaseSlow", "RemoteBatches.free");
  }
}
