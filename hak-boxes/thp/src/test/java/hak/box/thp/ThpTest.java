package hak.box.thp;

import hak.testkit.LearnerContract;
import java.util.Map;

class ThpTest extends LearnerContract {
  @Override
  protected String box() {
    return "thp";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "worth", 1L << 30);
  }
}
