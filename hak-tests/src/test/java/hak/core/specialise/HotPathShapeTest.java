package hak.core.specialise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.testkit.HotPathWalk;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape of malloc and free as far as bytecode shows it, followed from the specialised class
 * through every box and every helper: small methods, which a JIT compiler is sure to inline, and
 * nothing in them that allocates, dispatches, locks or throws.
 */
class HotPathShapeTest {
  /** Where a hit does not come along. */
  private static final Set<String> COLD =
      Set.of(
          "StackTemplate.mallocMissed",
          "StackTemplate.freeMissed",
          "StackTemplate.takeFromTier",
          "StackTemplate.giveToTier",
          "TinyTier.allocateSlow",
          "TinyTier.releaseSlow",
          "RemoteFrees.free",
          "RemoteBatches.free",
          "SlowPath.takeLastBlock");

  private static HotPathWalk walk(String profile) {
    try (HakAllocator allocator = Hak.open(profile)) {
      StackParts parts = Specialised.partsOf(allocator);
      HotPathWalk walk = new HotPathWalk(COLD, call -> boxesOf(parts.inside(), call));
      ClassModel stack = ClassFile.of().parse(StackSpecialiser.classBytesOf(parts));
      walk.walk(stack, "malloc", "(J)J");
      walk.walk(stack, "free", "(J)V");
      return walk;
    }
  }

  private static List<Class<?>> boxesOf(StackView inside, String call) {
    List<Object> boxes = new ArrayList<>();
    switch (call) {
      case "pop", "push" -> boxes.addAll(inside.caches());
      case "allocate", "release" -> boxes.add(inside.sizeTiers().getFirst());
      case "popped", "pushed" -> boxes.addAll(inside.observers());
      default -> throw new AssertionError("a written-out call that is not known here: " + call);
    }
    return boxes.stream().<Class<?>>map(Object::getClass).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "bare", "pow2"})
  void aHitTakesSmallMethodsThatAllocateDispatchLockAndThrowNothing(String profile) {
    HotPathWalk walk = walk(profile);
    assertEquals(List.of(), walk.faults(), () -> "methods seen: " + walk.sizes());
  }

  @Test
  void theWalkReachesTheBoxesAndTheMemory() {
    Set<String> seen = walk("default").sizes().keySet();
    for (String method :
        List.of(
            "StackTemplate.takeBlock(IIJ)I",
            "StackTemplate.giveBlock(III)V",
            "OwnerTable.isOwner(IJ)Z",
            "SizeClasses.of(J)I",
            "PageTable.sizeClassOf(I)I",
            "TlsSll.pop(II)I",
            "TlsSll.push(III)Z",
            "Memory.getLong(IJ)J")) {
      assertTrue(seen.contains(method), () -> method + " is not in " + seen);
    }
    assertTrue(walk("bare").sizes().containsKey("TinyTier.allocate(II)I"));
  }

  /**
   * A class made for a lambda would keep the hidden class, and the memory of a closed stack; and
   * the first call of a box must not need room in the Java heap, as linking one would.
   */
  @ParameterizedTest
  @ValueSource(strings = {"default", "bare", "observe", "classic-hakmem"})
  void aStackLinksNothingButTheTextsOfItsErrors(String profile) {
    try (HakAllocator allocator = Hak.open(profile)) {
      byte[] stack = StackSpecialiser.classBytesOf(Specialised.partsOf(allocator));
      List<String> bootstraps =
          ClassFile.of().parse(stack).methods().stream()
              .flatMap(method -> method.code().stream())
              .flatMap(code -> code.elementStream())
              .filter(InvokeDynamicInstruction.class::isInstance)
              .map(
                  call -> ((InvokeDynamicInstruction) call).bootstrapMethod().owner().displayName())
              .distinct()
              .toList();
      assertEquals(List.of("StringConcatFactory"), bootstraps);
    }
  }

  /** One method for each thing that does not belong on a hot path. */
  @SuppressWarnings({"UnusedMethod", "UnusedNestedClass", "UnusedVariable"})
  private static final class Offenders {
    private int field;

    int[] allocates() {
      return new int[4];
    }

    String concatenates(int i) {
      return "block " + i;
    }

    Integer boxes(int i) {
      return i;
    }

    int dispatches(List<Integer> list) {
      return list.size();
    }

    synchronized int locks() {
      return 1;
    }

    int locksInside() {
      synchronized (this) {
        return 1;
      }
    }

    int throwsException(int i) {
      if (i == 0) {
        throw new IllegalStateException();
      }
      return i;
    }

    int catches(int i) {
      try {
        return 4 / i;
      } catch (ArithmeticException e) {
        return 0;
      }
    }

    void counts() {
      field++;
    }

    int isLargerThanALeaf(int i) {
      return isLarge(i);
    }

    private int isLarge(int i) {
      return i * 3 + i * 5 + i * 7 + i * 9 + i * 11 + i * 13 + i * 15 + i * 17 + i * 19 + i * 21;
    }

    int callsAnOffender() {
      return allocates().length;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "allocates, NEWARRAY",
    "concatenates, INVOKEDYNAMIC",
    "boxes, java/lang/Integer.valueOf",
    "dispatches, INVOKEINTERFACE",
    "locks, synchronized",
    "locksInside, MONITORENTER",
    "throwsException, ATHROW",
    "catches, exception handlers",
    "counts, PUTFIELD",
    "isLargerThanALeaf, bytes",
    "callsAnOffender, NEWARRAY"
  })
  void whatDoesNotBelongThereIsFound(String method, String fault) {
    HotPathWalk walk = new HotPathWalk(Set.of(), _ -> List.of());
    ClassModel offenders = walk.classOf(Offenders.class.getName().replace('.', '/'));
    String descriptor =
        offenders.methods().stream()
            .filter(model -> model.methodName().equalsString(method))
            .findFirst()
            .orElseThrow()
            .methodType()
            .stringValue();
    walk.walk(offenders, method, descriptor);
    assertTrue(
        walk.faults().stream().anyMatch(found -> found.contains(fault)), walk.faults()::toString);
  }
}
