package hak.tiny;

import hak.testkit.SizeTierContract;
import java.util.Map;

class TinyTierPow2Test extends SizeTierContract {
  @Override
  protected String box() {
    return "tiny";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("classes", "pow2");
  }
}
