/**
 * A size tier: blocks up to 1 KiB from a current page for each thread and size class; free pages
 * are kept and go from class to class.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code mid-v35}
 */
@SuppressWarnings("module") // the name of the box ends in a digit
module hak.box.midv35 {
  requires hak.core;

  opens hak.box.midv35 to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.midv35.MidV35Provider;
}
