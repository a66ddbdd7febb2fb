package hak.box.siterules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.spi.SiteRule;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedRuleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b align=64 B                            |    0 |    64 |    0",
        "a.b align = 64                            |    0 |    64 |    0",
        "a.b least=4 KiB headroom=50 %             | 4096 |     1 |   50",
        "a.b  headroom=1000%  align=64 KiB  least=1 |    1 | 65536 | 1000",
        "a=b least=16                              |   16 |     1 |    0",
      })
  void whatIsWrittenIsAskedFor(String text, long least, long alignment, int headroom) {
    NamedRule rule = NamedRule.parse(text);
    assertEquals(new SiteRule(least, alignment, headroom), rule.rule());
    assertTrue(rule.isFor(text.substring(0, 3)));
    assertFalse(rule.isFor(text.substring(0, 3) + "."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | the name of a site has no spaces",
        "'a b align=64'            | the name of a site has no spaces",
        "*.Index align=64          | * is for the end of a name",
        "a** align=64              | * is for the end of a name",
        "a.b                       | it asks for nothing",
        "align=64                  | it asks for nothing",
        "a lest=4 KiB              | nothing is called 'lest'; did you mean 'least'?",
        "a align=64 align=128      | it has 'align' twice",
        "a align=48                | alignment 48 is not a power of two",
        "a align=128 KiB           | align: \"128 KiB\" is not allowed: an amount from 1 B to 64"
            + " KiB",
        "a align=                  | align: \"\" is not allowed: an amount from 1 B to 64 KiB",
        "a least=4 KB              | least: \"4 KB\" is not allowed: an amount from 0 B to 1 GiB",
        "a least=-1                | least: \"-1\" is not allowed: an amount from 0 B to 1 GiB",
        "a headroom=50 percent     | headroom: \"50 percent\" is not allowed: a number of % from 0",
        "a headroom=1001           | headroom: \"1001\" is not allowed: a number of % from 0",
      })
  void whatIsWrongIsToldWithWhatIsAllowed(String text, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> NamedRule.parse(text)).getMessage();
    assertTrue(message.startsWith('"' + text + "\" is not allowed: " + reason), message);
    assertTrue(message.endsWith("such as \"org.example.Index.* align=64 B\""), message);
  }

  @Test
  void theStarStandsForAnyEndAlsoForNone() {
    NamedRule rule = NamedRule.parse("org.example.Index.* align=64");
    assertTrue(rule.isFor("org.example.Index.grow"));
    assertTrue(rule.isFor("org.example.Index."));
    assertFalse(rule.isFor("org.example.Index"));
    assertFalse(rule.isFor("org.example.Indexes.grow"));
    assertTrue(NamedRule.parse("* align=64").isFor(""));
  }

  @Test
  void theFirstRuleForASiteCounts() {
    RuleList rules =
        new RuleList(
            List.of(
                NamedRule.parse("a.b least=1"),
                NamedRule.parse("a.* least=2"),
                NamedRule.parse("a.b least=3"),
                NamedRule.parse("* least=4")));
    assertEquals(1, rules.ruleOf("a.b").leastBytes());
    assertEquals(2, rules.ruleOf("a.c").leastBytes());
    assertEquals(4, rules.ruleOf("b").leastBytes());
  }

  @Property(tries = 500)
  void anyTextIsARuleOrRefused(@ForAll String text) {
    try {
      NamedRule.parse(text);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("is not allowed"), e.getMessage());
    }
  }

  @Property(tries = 500)
  void anyNumbersInRangeAreRead(
      @ForAll @IntRange(max = 1 << 30) int least,
      @ForAll @IntRange(max = 16) int shift,
      @ForAll @IntRange(max = 1_000) int headroom) {
    String text = "x headroom=%d %% least=%d B align=%d".formatted(headroom, least, 1L << shift);
    assertEquals(new SiteRule(least, 1L << shift, headroom), NamedRule.parse(text).rule());
  }
}
