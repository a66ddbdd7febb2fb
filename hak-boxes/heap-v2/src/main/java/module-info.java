/**
 * A thread cache: a thin heap for small requests, a magazine for each size class.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code heap-v2}
 */
@SuppressWarnings("module") // the name of the box ends in a digit
module hak.box.heapv2 {
  requires hak.core;

  opens hak.box.heapv2 to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.heapv2.HeapV2Provider;
}
