package hak.mid;

import java.util.Map;

class MidTierClassicTest extends MidTierTest {
  @Override
  protected Map<String, Object> settings() {
    return Map.of("classes", "classic");
  }
}
