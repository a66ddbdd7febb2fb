package hak.box.route;

import hak.testkit.LearnerContract;
import java.util.Map;

class RouteTest extends LearnerContract {
  @Override
  protected String box() {
    return "route";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("window", 10L, "least", 100L);
  }
}
