/**
 * The allocator itself: public API, the SPI of boxes, off-heap memory, thread heaps and the stack
 * specialiser.
 *
 * <p>Depends on the JDK alone and is the only module that makes native calls, so a program grants
 * {@code --enable-native-access=hak.core} and nothing else.
 *
 * @uses hak.core.spi.BoxProvider every part that a profile can name
 * @uses hak.core.spi.ProfileReader turns a profile's name or file into a {@link hak.core.Profile}
 */
module hak.core {
  exports hak.core;
  exports hak.core.memory;
  exports hak.core.spi;

  uses hak.core.spi.BoxProvider;
  uses hak.core.spi.ProfileReader;
}
