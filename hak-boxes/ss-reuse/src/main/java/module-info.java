/**
 * A superslab source: keeps empty superslabs with their memory.
 *
 * @provides hak.core.spi.BoxProvider the superslab source {@code ss-reuse}
 */
module hak.box.ssreuse {
  requires hak.core;

  opens hak.box.ssreuse to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.ssreuse.SsReuseProvider;
}
