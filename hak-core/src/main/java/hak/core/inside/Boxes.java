package hak.core.inside;

import hak.core.spi.Box;
import hak.core.spi.SiteRule;
import hak.core.spi.SiteRules;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The boxes of a stack, made.
 *
 * @param all every box, those of one role in the profile's order
 */
public record Boxes(List<Made> all) {
  /** Copies the list. */
  public Boxes {
    all = List.copyOf(all);
  }

  /**
   * A box and what the stack knows of it.
   *
   * @param name what the profile calls it
   * @param lastClass of a size tier, the number of its last size class
   */
  public record Made(String name, Box box, int lastClass) {}

  /** The boxes of a role in order. */
  public <B extends Box> List<B> of(Class<B> type) {
    return made(type).map(Made::box).map(type::cast).toList();
  }

  /** Names of the layers that an observer sees: the caches, then the size tiers. */
  public List<String> layers() {
    return Stream.concat(made(ThreadCache.class), made(SizeTier.class)).map(Made::name).toList();
  }

  /** The number of the last size class of each size tier. */
  public List<Integer> lastClassOfTier() {
    return made(SizeTier.class).map(Made::lastClass).toList();
  }

  /** The size tier that serves each class, by number; nothing at 0, which is no class. */
  public SizeTier[] tierOfClass(int lastClass) {
    List<SizeTier> tiers = of(SizeTier.class);
    int[] numbers = tierNumberOfClass(lastClass);
    SizeTier[] tierOfClass = new SizeTier[lastClass + 1];
    for (int sizeClass = 1; sizeClass <= lastClass; sizeClass++) {
      tierOfClass[sizeClass] = tiers.get(numbers[sizeClass]);
    }
    return tierOfClass;
  }

  /** The number of the size tier that serves each class; tiers may be equal and yet be two. */
  public int[] tierNumberOfClass(int lastClass) {
    int[] numbers = new int[lastClass + 1];
    int tier = 0;
    int sizeClass = 1;
    for (int last : lastClassOfTier()) {
      while (sizeClass <= last) {
        numbers[sizeClass++] = tier;
      }
      tier++;
    }
    return numbers;
  }

  /**
   * What is asked for at a place of the program.
   *
   * @throws NullPointerException if there is no name, or the rules give none
   */
  public SiteRule ruleOf(String site) {
    Objects.requireNonNull(site, "name of a site");
    return of(SiteRules.class).stream()
        .findFirst()
        .map(rules -> Objects.requireNonNull(rules.ruleOf(site), "rule of site '" + site + "'"))
        .orElse(SiteRule.NONE);
  }

  private Stream<Made> made(Class<? extends Box> type) {
    return all.stream().filter(made -> type.isInstance(made.box()));
  }
}
