package hak.box.cap;

import hak.testkit.LearnerContract;
import java.util.Map;

class CapTest extends LearnerContract {
  @Override
  protected String box() {
    return "cap";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "target", 95L);
  }
}
