package hak.tiny;

import java.util.Map;

class TinyTierPow2Test extends TinyTierTest {
  @Override
  protected Map<String, Object> settings() {
    return Map.of("classes", "pow2");
  }
}
