/**
 * The allocator itself: public API, the SPI of boxes, off-heap memory, thread heaps and the stack
 * specialiser.
 *
 * <p>Depends on the JDK alone and is the only module that makes native calls, so a program grants
 * {@code --enable-native-access=hak.core} and nothing else.
 *
 * @uses hak.core.spi.BoxProvider every part that a profile can name
 * @uses hak.core.profile.ProfileReader turns a profile's name or file into a {@link
 *     hak.core.profile.Profile}
 */
@SuppressWarnings("module") // the modules named here are compiled after this one
module hak.core {
  requires jdk.jfr;

  exports hak.core;
  exports hak.core.memory;
  exports hak.core.profile;
  exports hak.core.slabs;
  exports hak.core.spi;

  // What the system allows the process, for the store too, whose memory it is as well.
  exports hak.core.limits to
      hak.store;

  // Which boxes there are, for who reads profiles.
  exports hak.core.profile.check to
      hak.policy;

  // All memory and the system calls, for our own modules. The tiers named here get them from their
  // context alone; that they stand here is why they need no native access of their own.
  exports hak.core.inside to
      hak.bench,
      hak.machinecode,
      hak.store,
      hak.testkit;
  exports hak.core.os to
      hak.big,
      hak.mid,
      hak.store,
      hak.testkit;

  uses hak.core.spi.BoxProvider;
  uses hak.core.profile.ProfileReader;
}
