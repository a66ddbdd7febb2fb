package hak.box.siterules;

import hak.testkit.SiteRulesContract;
import java.util.List;
import java.util.Map;

class RuleListTest extends SiteRulesContract {
  @Override
  protected String box() {
    return "site-rules";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of(
        "rules",
        List.of(
            "counters align=64 B",
            "tables.* align=4 KiB least=100 KiB",
            "pages align=64 KiB",
            "buffers least=256 headroom=50 %",
            "words align=16",
            "all align=128 B least=1 KiB headroom=300 %"));
  }

  @Override
  protected List<String> ruledSites() {
    return List.of("counters", "tables.of.rows", "pages", "buffers", "words", "all");
  }
}
