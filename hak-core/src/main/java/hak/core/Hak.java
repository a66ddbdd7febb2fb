package hak.core;

import hak.core.inside.OtherSystem;
import hak.core.memory.VirtualMemory;
import hak.core.open.LoggedStack;
import hak.core.open.Rehearsal;
import hak.core.open.StackBuilder;
import hak.core.os.LinuxVirtualMemory;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import hak.core.profile.ProfileReader;
import hak.core.profile.check.BoxRegistry;
import hak.core.profile.check.Composition;
import hak.core.profile.check.NativeAccess;
import hak.core.specialise.Specialised;
import hak.core.spi.BoxProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Opens stacks.
 *
 * <pre>{@code
 * private static final HakAllocator HEAP = Hak.open("default");
 *
 * long address = HEAP.malloc(100);
 * HEAP.free(address);
 * }</pre>
 *
 * <p>Any thread may call any method. Needs {@code --enable-native-access=hak.core} ({@code
 * ALL-UNNAMED} on the class path) and Linux on x86-64 or aarch64.
 */
public final class Hak {
  private Hak() {}

  /**
   * Opens a shipped profile.
   *
   * @param profile its name, one of {@link #profiles}
   * @throws ProfileException if there is no such profile or it cannot be composed from the boxes
   *     there are
   * @throws OutOfMemoryError if the system refuses memory; nothing stays mapped
   * @throws IllegalCallerException without native access
   * @throws UnsupportedOperationException on another system
   */
  public static HakAllocator open(String profile) {
    return open(reader().read(profile));
  }

  /**
   * Opens a profile file.
   *
   * @throws ProfileException naming every error with its line and column
   * @throws OutOfMemoryError as {@link #open(String)}
   */
  public static HakAllocator open(Path file) {
    return open(reader().read(file));
  }

  /**
   * Opens a profile made by the program.
   *
   * @throws ProfileException naming every error
   * @throws OutOfMemoryError as {@link #open(String)}
   */
  public static HakAllocator open(Profile profile) {
    NativeAccess.requireForCore();
    Composition composition = Composition.of(BoxRegistry.load(), profile);
    if (!composition.problems().isEmpty()) {
      throw new ProfileException(
          composition.problems().stream().map(problem -> profile.name() + ": " + problem).toList());
    }
    VirtualMemory kernel = new LinuxVirtualMemory();
    Rehearsal.of(composition, profile, kernel);
    return LoggedStack.of(
        StackBuilder.build(composition, profile, OtherSystem.orElse(() -> kernel)));
  }

  /**
   * The one stack of a shipped profile that the whole process shares; opened by the first call.
   * Calls with the same name, or with a profile that is equal, give the same.
   *
   * <p>It is never closed: its {@link HakAllocator#close} throws {@link
   * UnsupportedOperationException}, as that of {@link java.lang.foreign.Arena#global} does.
   * Libraries that use little share it, so that a process has one stack and not one for each.
   *
   * @throws ProfileException as {@link #open(String)}
   * @throws OutOfMemoryError as {@link #open(String)}; the next call tries again
   */
  public static HakAllocator shared(String profile) {
    return SharedStacks.get(profile, name -> shared(reader().read(name)));
  }

  /** As {@link #shared(String)}, of a profile made by the program. */
  public static HakAllocator shared(Profile profile) {
    return SharedStacks.get(profile, Hak::openForAll);
  }

  private static HakAllocator openForAll(Profile profile) {
    HakAllocator stack = open(profile);
    Specialised.partsOf(stack).closing().keepOpen();
    return stack;
  }

  /**
   * Checks a profile without opening it: every problem, none when it can be opened. Maps nothing.
   */
  public static List<Problem> check(Profile profile) {
    return List.copyOf(Composition.of(BoxRegistry.load(), profile).problems());
  }

  /** All boxes that were found, by ascending id. */
  public static List<BoxProvider> boxes() {
    return List.copyOf(BoxRegistry.load().all());
  }

  /** The names of the shipped profiles. */
  public static List<String> profiles() {
    return reader().names();
  }

  /**
   * Reads a shipped profile without opening it.
   *
   * @throws ProfileException if there is no such profile
   */
  public static Profile profile(String name) {
    return reader().read(name);
  }

  private static ProfileReader reader() {
    return ServiceLoader.load(ProfileReader.class, Hak.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no profile reader: add the module hak.policy, or open a Profile"));
  }
}
