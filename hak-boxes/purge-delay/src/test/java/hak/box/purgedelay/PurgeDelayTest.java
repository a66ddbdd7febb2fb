package hak.box.purgedelay;

import hak.testkit.LearnerContract;
import java.util.Map;

class PurgeDelayTest extends LearnerContract {
  @Override
  protected String box() {
    return "purge-delay";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "least", 20L, "worth", 1L);
  }
}
