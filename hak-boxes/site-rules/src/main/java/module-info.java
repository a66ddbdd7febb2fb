/**
 * A site rules box: what is asked for in addition at places of a program, by their names.
 *
 * @provides hak.core.spi.BoxProvider the box {@code site-rules}
 */
module hak.box.siterules {
  requires hak.core;

  opens hak.box.siterules to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.siterules.SiteRulesProvider;
}
