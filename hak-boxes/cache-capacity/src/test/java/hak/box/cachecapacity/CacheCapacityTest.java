package hak.box.cachecapacity;

import hak.testkit.LearnerContract;
import java.util.Map;

class CacheCapacityTest extends LearnerContract {
  @Override
  protected String box() {
    return "cache-capacity";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "least", 1_000L);
  }
}
