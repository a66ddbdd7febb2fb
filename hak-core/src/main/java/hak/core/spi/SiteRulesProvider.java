package hak.core.spi;

/** Names and makes {@link SiteRules}. */
public interface SiteRulesProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.SITE_RULES;
  }

  @Override
  SiteRules create(BoxContext context);
}
