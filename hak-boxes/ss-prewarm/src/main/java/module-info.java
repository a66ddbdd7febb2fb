/**
 * A superslab source: has some superslabs ready from the start.
 *
 * @provides hak.core.spi.BoxProvider the source {@code ss-prewarm}
 */
module hak.box.ssprewarm {
  requires hak.core;

  opens hak.box.ssprewarm to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.ssprewarm.SsPrewarmProvider;
}
