package hak.box.frontmetrics;

import hak.testkit.ObserverContract;

class FrontMetricsTest extends ObserverContract {
  @Override
  protected String box() {
    return "front-metrics";
  }
}
