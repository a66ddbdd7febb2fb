package hak.box.wmax;

import hak.testkit.LearnerContract;
import java.util.Map;

class WMaxTest extends LearnerContract {
  @Override
  protected String box() {
    return "w-max";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "worth", 5L);
  }
}
