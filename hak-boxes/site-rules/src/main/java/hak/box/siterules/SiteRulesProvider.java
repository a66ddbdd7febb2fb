package hak.box.siterules;

import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.SiteRules;
import java.util.List;

/** Names the rules. */
public final class SiteRulesProvider implements hak.core.spi.SiteRulesProvider {
  private static final Option RULES =
      Option.list(
          "rules",
          "rules",
          NamedRule::parse,
          "What sites ask for in addition, the first rule for a site counts.");

  @Override
  public String id() {
    return "site-rules";
  }

  @Override
  public String summary() {
    return "alignment, a least size and headroom for the requests of named places of a program";
  }

  @Override
  public List<Option> options() {
    return List.of(RULES);
  }

  @Override
  public SiteRules create(BoxContext context) {
    return new RuleList(
        context.settings().list(RULES.name()).stream().map(NamedRule::parse).toList());
  }
}
