package hak.box.dynclass;

import hak.testkit.LearnerContract;
import java.util.Map;

class DynClassTest extends LearnerContract {
  @Override
  protected String box() {
    return "dyn-class";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "requests", 100L);
  }
}
