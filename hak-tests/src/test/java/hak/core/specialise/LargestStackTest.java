package hak.core.specialise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As many boxes as a stack may have, and one more. */
class LargestStackTest {
  /** HotSpot never compiles a longer method ({@code HugeMethodLimit}). */
  private static final int LONGEST_COMPILED_BYTES = 8_000;

  private static final Set<String> WRITTEN_OUT =
      Set.of("takeBlock", "giveBlock", "takeFromTier", "giveToTier");

  /** A box {@code count} times. */
  private static List<String> times(int count, String box) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> i == 1 ? box : box + "#" + i).toList();
  }

  private static Profile largest() {
    List<String> caches = new ArrayList<>(times(Section.CACHES.most() - 2, "noop"));
    caches.add(caches.size() / 2, "ring-cache");
    caches.add("tls-sll");
    List<String> tiers = new ArrayList<>(times(Section.TIERS.most() - 3, "tiny"));
    tiers.addAll(List.of("mid", "large", "big"));
    return Profile.ofTiers("largest", tiers)
        .with(Section.CACHES, caches)
        .with(Section.OBSERVERS, times(Section.OBSERVERS.most(), "front-metrics"))
        .with(Section.SUPERSLABS, times(Section.SUPERSLABS.most(), "ss-reuse"))
        .with(Section.PLACEMENT, times(Section.PLACEMENT.most(), "hot-hint"))
        .with(Section.GUARDS, times(Section.GUARDS.most(), "external-guard"))
        .with(Section.SITES, times(Section.SITES.most(), "site-rules"))
        .with(Section.LEARNERS, List.of("purge-delay"));
  }

  @Test
  void theLargestStackWorksAndItsMethodsAreShortEnoughToBeCompiled() {
    try (HakAllocator allocator = Hak.open(largest())) {
      CheckedUser user = new CheckedUser(allocator, 1);
      user.play(new SplittableRandom(1), 20_000, CheckedUser.Sizes.upTo(40_000));
      HeapWalker.check(allocator, user.addresses());
      user.freeAll();
      HeapWalker.check(allocator, new long[0]);
      byte[] stack = StackSpecialiser.classBytesOf(Specialised.partsOf(allocator));
      int seen = 0;
      for (MethodModel method : ClassFile.of().parse(stack).methods()) {
        if (WRITTEN_OUT.contains(method.methodName().stringValue())) {
          int bytes = ((CodeAttribute) method.code().orElseThrow()).codeLength();
          assertTrue(
              bytes <= LONGEST_COMPILED_BYTES, () -> method.methodName() + " has " + bytes + " B");
          seen++;
        }
      }
      assertEquals(WRITTEN_OUT.size(), seen);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "LEARNERS", mode = EnumSource.Mode.EXCLUDE)
  void oneBoxMoreIsRefusedWithTheNumberThatIsPossible(Section section) {
    List<String> boxes = new ArrayList<>(largest().boxes(section));
    int most = boxes.size();
    boxes.addFirst(Profile.providerId(boxes.getFirst()) + "#one-more");
    List<Problem> problems = Hak.check(largest().with(section, boxes));
    assertEquals(List.of(section.path()), problems.stream().map(Problem::path).toList());
    String message = problems.getFirst().message();
    assertTrue(message.startsWith(most + 1 + " " + section.key() + "; " + most + " "), message);
  }

  /** Each turns something of its own, so more of one are refused for two reasons. */
  @Test
  void moreLearnersAreRefusedWithTheNumberThatIsPossible() {
    int most = Section.LEARNERS.most();
    Profile profile = largest().with(Section.LEARNERS, times(most + 1, "purge-delay"));
    List<String> counted =
        Hak.check(profile).stream()
            .map(Problem::message)
            .filter(message -> message.contains("possible"))
            .toList();
    assertEquals(List.of(most + 1 + " learners; " + most + " are possible"), counted);
  }
}
