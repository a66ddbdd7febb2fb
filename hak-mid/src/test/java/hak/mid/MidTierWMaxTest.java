package hak.mid;

import java.util.Map;

class MidTierWMaxTest extends MidTierTest {
  @Override
  protected Map<String, Object> settings() {
    return Map.of("w-max", "200 %");
  }
}
