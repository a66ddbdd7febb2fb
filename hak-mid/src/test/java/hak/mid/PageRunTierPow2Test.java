package hak.mid;

import java.util.Map;

class PageRunTierPow2Test extends PageRunTierTest {
  @Override
  protected Map<String, Object> settings() {
    return Map.of("classes", "pow2");
  }
}
