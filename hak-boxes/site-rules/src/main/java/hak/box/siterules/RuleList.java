package hak.box.siterules;

import hak.core.spi.SiteRule;
import hak.core.spi.SiteRules;
import java.util.List;

/** Rules in the order of the profile, of which the first that is for a site counts. */
record RuleList(List<NamedRule> rules) implements SiteRules {
  /** Copies the list. */
  RuleList {
    rules = List.copyOf(rules);
  }

  @Override
  public SiteRule ruleOf(String site) {
    for (NamedRule rule : rules) {
      if (rule.isFor(site)) {
        return rule.rule();
      }
    }
    return SiteRule.NONE;
  }
}
