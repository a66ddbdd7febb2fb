package hak.core.spi;

/**
 * Says what is asked for at which place of a program; a stack has one at most. It is asked when a
 * program makes a {@code hak.core.AllocationSite} and never for a block, by any thread.
 */
public non-sealed interface SiteRules extends Box {
  /**
   * The rule of a place, the same whenever it is asked; {@link SiteRule#NONE} where none is meant.
   *
   * @param site what the program calls the place; any text
   */
  SiteRule ruleOf(String site);
}
