package hak.box.siterules;

import hak.core.profile.NearestName;
import hak.core.spi.Option;
import hak.core.spi.SiteRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rule and for which sites it is.
 *
 * @param name the name of the site, or with what the names begin
 * @param isBeginning whether it is the latter
 */
record NamedRule(String name, boolean isBeginning, SiteRule rule) {
  private static final String FORM =
      "a rule is the name of a site, or its beginning and *, and after it at least one of"
          + " align=BYTES, least=BYTES and headroom=PERCENT, such as \"org.example.Index.* align=64"
          + " B\"";

  private static final Option ALIGN =
      Option.bytes("align", 1, SiteRule.MOST_ALIGNMENT, 64, "Blocks are at a multiple of it.");
  private static final Option LEAST =
      Option.bytes("least", 0, SiteRule.MOST_BYTES, 4 << 10, "No request is smaller.");
  private static final Option HEADROOM =
      Option.count(
          "headroom", "%", 0, SiteRule.MOST_HEADROOM_PERCENT, 50, "Requests are larger by it.");
  private static final Map<String, Option> DEMANDS = demands(ALIGN, LEAST, HEADROOM);

  private static Map<String, Option> demands(Option... options) {
    Map<String, Option> byName = new LinkedHashMap<>();
    for (Option option : options) {
      byName.put(option.name(), option);
    }
    return byName;
  }

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static NamedRule parse(String text) {
    // Where a space and a word with an equals sign follow: values have spaces too.
    List<String> parts = List.of(text.strip().split("\\s+(?=[\\w-]+\\s*=)"));
    String site = parts.getFirst();
    if (site.isEmpty() || site.chars().anyMatch(Character::isWhitespace)) {
      throw refuse(text, "the name of a site has no spaces");
    }
    boolean isBeginning = site.endsWith("*");
    String name = isBeginning ? site.substring(0, site.length() - 1) : site;
    if (name.contains("*")) {
      throw refuse(text, "* is for the end of a name");
    }
    return new NamedRule(name, isBeginning, rule(text, parts.subList(1, parts.size())));
  }

  private static SiteRule rule(String text, List<String> demands) {
    if (demands.isEmpty()) {
      throw refuse(text, "it asks for nothing");
    }
    Map<String, Long> values = new TreeMap<>();
    for (String demand : demands) {
      String[] keyAndValue = demand.split("\\s*=\\s*", 2);
      Option option = DEMANDS.get(keyAndValue[0]);
      if (option == null) {
        throw refuse(
            text,
            "nothing is called '"
                + keyAndValue[0]
                + "'"
                + NearestName.hint(keyAndValue[0], List.copyOf(DEMANDS.keySet())));
      }
      if (values.put(option.name(), valueOf(option, keyAndValue[1], text)) != null) {
        throw refuse(text, "it has '" + option.name() + "' twice");
      }
    }
    return ruleOf(values, text);
  }

  private static long valueOf(Option option, String value, String text) {
    try {
      return (Long) option.parse(value);
    } catch (IllegalArgumentException e) {
      throw refuse(text, option.name() + ": " + e.getMessage());
    }
  }

  private static SiteRule ruleOf(Map<String, Long> values, String text) {
    try {
      return new SiteRule(
          values.getOrDefault(LEAST.name(), SiteRule.NONE.leastBytes()),
          values.getOrDefault(ALIGN.name(), SiteRule.NONE.alignment()),
          values.getOrDefault(HEADROOM.name(), 0L).intValue());
    } catch (IllegalArgumentException e) {
      throw refuse(text, e.getMessage());
    }
  }

  private static IllegalArgumentException refuse(String text, String reason) {
    return new IllegalArgumentException("\"" + text + "\" is not allowed: " + reason + "; " + FORM);
  }

  boolean isFor(String site) {
    return isBeginning ? site.startsWith(name) : site.equals(name);
  }
}
