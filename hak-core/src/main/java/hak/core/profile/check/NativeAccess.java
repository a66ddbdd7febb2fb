package hak.core.profile.check;

import hak.core.os.LinuxVirtualMemory;
import hak.core.spi.BoxProvider;

/**
 * The grant of {@code --enable-native-access}: hak.core has it, and must not pass it on.
 *
 * <p>Inside of a stack a box cannot leave the reservation. Two boxes could: one that makes system
 * calls, and a large tier, because a segment begins wherever it says that a block is. They must be
 * of a module that was granted native access itself, or of one that {@code hak.core.os} is exported
 * to.
 */
public final class NativeAccess {
  private NativeAccess() {}

  /**
   * Checks that hak.core itself has it.
   *
   * @throws IllegalCallerException saying what to add
   */
  public static void requireForCore() {
    Module core = NativeAccess.class.getModule();
    if (!core.isNativeAccessEnabled()) {
      throw new IllegalCallerException("HAK needs native access: " + howToGrant(core));
    }
  }

  /** Whether a box may make system calls and say at which addresses blocks are. */
  public static boolean isTrusted(BoxProvider box) {
    Module module = box.getClass().getModule();
    String systemCalls = LinuxVirtualMemory.class.getPackageName();
    return module.isNativeAccessEnabled()
        || NativeAccess.class.getModule().isExported(systemCalls, module);
  }

  /** What the user of a box that is not trusted is told. */
  public static String neededBy(BoxProvider box) {
    return "its module needs native access: " + howToGrant(box.getClass().getModule());
  }

  private static String howToGrant(Module module) {
    return "start java with --enable-native-access="
        + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }
}
