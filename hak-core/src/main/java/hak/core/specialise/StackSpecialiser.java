package hak.core.specialise;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import hak.core.HakAllocator;
import hak.core.slow.Handover;
import hak.core.slow.Layers;
import hak.core.slow.SlowPath;
import hak.core.spi.Observer;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes one class for one stack: the bytes of {@link StackTemplate}, defined anew as a hidden class
 * whose class data are the stack's parts, with the chain of boxes written out as straight-line
 * code.
 *
 * <p>Each box is a static final field of that class. The JIT compiler sees a constant receiver and
 * inlines the box's method; there is no dispatch left to mispredict, whatever other stacks the JVM
 * runs. A box that the profile does not name is not there.
 *
 * <p>The first run of such a call needs no room in the Java heap, as the linking of an {@code
 * invokedynamic} would: a stack may free its first block where the heap has just ended.
 */
public final class StackSpecialiser {
  private static final ClassDesc CD_TEMPLATE = describe(StackTemplate.class);
  private static final ClassDesc CD_OUT_OF_LINE = describe(OutOfLine.class);
  private static final ClassDesc CD_CACHE = describe(ThreadCache.class);
  private static final ClassDesc CD_TIER = describe(SizeTier.class);
  private static final ClassDesc CD_BLOCK_SINK = describe(SizeTier.BlockSink.class);
  private static final ClassDesc CD_OBSERVER = describe(Observer.class);
  private static final ClassDesc CD_HANDOVER = describe(Handover.class);
  private static final ClassDesc CD_LAYERS = describe(Layers.class);
  private static final ClassDesc CD_SLOW_PATH = describe(SlowPath.class);

  private static final MethodTypeDesc TAKE = MethodTypeDesc.of(CD_int, CD_int, CD_int);
  private static final MethodTypeDesc TAKE_SIZE = TAKE.insertParameterTypes(2, CD_long);
  private static final MethodTypeDesc REFILL = TAKE.insertParameterTypes(2, CD_BLOCK_SINK);
  private static final MethodTypeDesc OFFER = MethodTypeDesc.of(CD_boolean, CD_int, CD_int, CD_int);
  private static final MethodTypeDesc GIVE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int);
  private static final MethodTypeDesc OBSERVE =
      MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int, CD_boolean);

  /** Locals of the written-out methods. */
  private static final int HEAP = 0;

  private static final int SIZE_CLASS = 1;
  private static final int BLOCK = 2;
  private static final int SIZE = 2;
  private static final int TAKEN = 4;
  private static final int ACCEPTED = 3;

  /** One more than the largest method that C2 inlines: its flag {@code FreqInlineSize}. */
  private static final int NEVER_INLINED_BYTES = 326;

  private final StackParts parts;
  private final List<ThreadCache> caches;
  private final List<SizeTier> sizeTiers;
  private final List<Integer> lastClassOfTier;
  private final List<Observer> observers;
  private final BoxConstants constants = new BoxConstants(CD_TEMPLATE);

  /**
   * The class data of a hidden class.
   *
   * @param constants what the constants of its {@link BoxConstants} are, in their order
   */
  private record ClassData(StackParts parts, List<Object> constants) {}

  private StackSpecialiser(StackParts parts) {
    this.parts = parts;
    caches = parts.inside().caches();
    sizeTiers = parts.inside().sizeTiers();
    lastClassOfTier = parts.inside().boxes().lastClassOfTier();
    observers = parts.inside().observers();
  }

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Writes the code for one tier. */
  private interface TierCode {
    void write(CodeBuilder branch, int tier);
  }

  /** Defines the class of a stack and makes its one instance. */
  public static HakAllocator specialise(StackParts parts) {
    StackSpecialiser specialiser = new StackSpecialiser(parts);
    byte[] bytes = specialiser.classBytes();
    try {
      MethodHandles.Lookup stack =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(
                  bytes, new ClassData(parts, specialiser.constants.values()), true);
      return (HakAllocator)
          stack.findConstructor(stack.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new LinkageError("cannot specialise a stack", e);
    }
  }

  /** The bytes that the class of an open stack was made of: for tests of their shape. */
  static byte[] classBytesOf(StackParts parts) {
    return new StackSpecialiser(parts).classBytes();
  }

  /** The parts of the stack whose class was made here. */
  static StackParts partsOf(MethodHandles.Lookup stack) {
    return dataOf(stack).parts();
  }

  private static ClassData dataOf(MethodHandles.Lookup stack) {
    try {
      return MethodHandles.classData(stack, "_", ClassData.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError("not a specialised stack", e);
    }
  }

  /** What a constant of a stack's class is; its initialiser asks. */
  static Object constant(MethodHandles.Lookup stack, int index) {
    return dataOf(stack).constants().get(index);
  }

  private byte[] classBytes() {
    ClassModel template = ClassFile.of().parse(templateBytes());
    return ClassFile.of().transformClass(template, new WriteOut());
  }

  /** Writes the template out; its initialiser last, when all constants are known. */
  private final class WriteOut implements ClassTransform {
    private MethodModel initialiser;

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      if (!(element instanceof MethodModel method)) {
        builder.with(element);
        return;
      }
      Consumer<CodeBuilder> body = bodyOf(method);
      if (method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)) {
        initialiser = method;
      } else if (body != null) {
        builder.withMethodBody(
            method.methodName(), method.methodType(), method.flags().flagsMask(), body);
      } else if (isOutOfLine(method)) {
        builder.transformMethod(method, inFront(StackSpecialiser::pad));
      } else {
        builder.with(element);
      }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
      constants.declare(builder);
      builder.transformMethod(initialiser, inFront(constants::initialise));
    }
  }

  /** Puts code in front of a method and keeps the rest as it is. */
  private static MethodTransform inFront(Consumer<CodeBuilder> added) {
    return MethodTransform.transformingCode(
        new CodeTransform() {
          @Override
          public void atStart(CodeBuilder code) {
            added.accept(code);
          }

          @Override
          public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
          }
        });
  }

  private static byte[] templateBytes() {
    try (InputStream in = StackTemplate.class.getResourceAsStream("StackTemplate.class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOutOfLine(MethodModel method) {
    return method
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .map(all ->
            all.annotations().stream()
                .anyMatch(annotation -> annotation.classSymbol().equals(CD_OUT_OF_LINE)))
        .orElse(false);
  }

  private static void pad(CodeBuilder code) {
    for (int i = 0; i < NEVER_INLINED_BYTES; i++) {
      code.nop();
    }
  }

  private Consumer<CodeBuilder> bodyOf(MethodModel method) {
    return switch (method.methodName().stringValue()) {
      case "takeBlock" -> this::writeTakeBlock;
      case "giveBlock" -> this::writeGiveBlock;
      case "takeFromTier" -> code -> forEachTier(code, this::writeTakeFromTier);
      case "giveToTier" -> code -> forEachTier(code, this::writeGiveToTier);
      default -> null;
    };
  }

  /**
   * <pre>
   * if ((block = cache0.pop(heap, sizeClass)) != 0) return block;
   * if ((block = cache1.pop(heap, sizeClass)) != 0) return block;
   * return takeFromTier(heap, sizeClass, size);
   * </pre>
   *
   * Without a cache the first tier is the hot path, and stands in line.
   */
  private void writeTakeBlock(CodeBuilder code) {
    for (int i = 0; i < caches.size(); i++) {
      constants.load(code, CD_CACHE, caches.get(i)).iload(HEAP).iload(SIZE_CLASS);
      code.invokeinterface(CD_CACHE, "pop", TAKE).istore(TAKEN);
      observePop(code, i);
      code.iload(TAKEN).ifThen(found -> found.iload(TAKEN).ireturn());
    }
    if (caches.isEmpty()) {
      ifServedBy(0, code, this::writeTakeFromTier);
    }
    code.iload(HEAP).iload(SIZE_CLASS).lload(SIZE);
    code.invokestatic(CD_TEMPLATE, "takeFromTier", TAKE_SIZE).ireturn();
  }

  /**
   * <pre>
   * if (cache0.push(heap, sizeClass, block)) return;
   * if (cache1.push(heap, sizeClass, block)) return;
   * if (sizeClass <= lastOfTier0) { body of tier 0; return; }
   * giveToTier(heap, sizeClass, block);
   * </pre>
   *
   * What a program frees in long waves the caches do not take: the first tier stands in line.
   */
  private void writeGiveBlock(CodeBuilder code) {
    for (int i = 0; i < caches.size(); i++) {
      constants.load(code, CD_CACHE, caches.get(i)).iload(HEAP).iload(SIZE_CLASS).iload(BLOCK);
      code.invokeinterface(CD_CACHE, "push", OFFER).istore(ACCEPTED);
      observePush(code, i);
      code.iload(ACCEPTED).ifThen(CodeBuilder::return_);
    }
    ifServedBy(0, code, this::writeGiveToTier);
    code.iload(HEAP).iload(SIZE_CLASS).iload(BLOCK);
    code.invokestatic(CD_TEMPLATE, "giveToTier", GIVE).return_();
  }

  /**
   * <pre>
   * if (sizeClass <= lastOfTier0) { body of tier 0 }
   * body of tier 1
   * </pre>
   */
  private void forEachTier(CodeBuilder code, TierCode body) {
    pad(code);
    int last = sizeTiers.size() - 1;
    for (int tier = 0; tier < last; tier++) {
      ifServedBy(tier, code, body);
    }
    body.write(code, last);
  }

  /** Where the tiers before it do not serve the size class. */
  private void ifServedBy(int tier, CodeBuilder code, TierCode body) {
    code.iload(SIZE_CLASS)
        .loadConstant(lastClassOfTier.get(tier))
        .ifThen(Opcode.IF_ICMPLE, branch -> body.write(branch, tier));
  }

  private void writeTakeFromTier(CodeBuilder code, int tier) {
    writeAllocate(code, sizeTiers.get(tier));
    code.istore(TAKEN);
    observePop(code, caches.size() + tier);
    code.iload(TAKEN).ifThen(found -> found.iload(TAKEN).ireturn());
    code.getstatic(CD_TEMPLATE, "SLOW_PATH", CD_SLOW_PATH);
    code.iload(HEAP).iload(SIZE_CLASS).lload(SIZE);
    code.invokevirtual(CD_SLOW_PATH, "takeLastBlock", TAKE_SIZE).ireturn();
  }

  /** How a block is taken from a tier when no cache had one. */
  private void writeAllocate(CodeBuilder code, SizeTier box) {
    Layers layers = parts.layers();
    Handover handover = layers.handover(box);
    if (box.refills() && !caches.isEmpty()) {
      constants.load(code, CD_TIER, box).iload(HEAP).iload(SIZE_CLASS);
      constants
          .load(code, CD_BLOCK_SINK, layers.allCaches())
          .invokeinterface(CD_TIER, "refill", REFILL);
    } else if (caches.stream().anyMatch(ThreadCache::refills)) {
      constants.load(code, CD_LAYERS, layers).iload(HEAP).iload(SIZE_CLASS);
      code.invokevirtual(CD_LAYERS, "takeAndRefill", TAKE);
    } else if (handover != null) {
      constants.load(code, CD_HANDOVER, handover).iload(HEAP).iload(SIZE_CLASS);
      code.invokevirtual(CD_HANDOVER, "take", TAKE);
    } else {
      constants.load(code, CD_TIER, box).iload(HEAP).iload(SIZE_CLASS);
      code.invokeinterface(CD_TIER, "allocate", TAKE);
    }
  }

  private void writeGiveToTier(CodeBuilder code, int tier) {
    constants.load(code, CD_TIER, sizeTiers.get(tier)).iload(HEAP).iload(SIZE_CLASS).iload(BLOCK);
    code.invokeinterface(CD_TIER, "release", GIVE).iconst_1().istore(ACCEPTED);
    observePush(code, caches.size() + tier);
    code.return_();
  }

  private void observePop(CodeBuilder code, int layer) {
    observe(code, "popped", layer, TAKEN);
  }

  private void observePush(CodeBuilder code, int layer) {
    observe(code, "pushed", layer, ACCEPTED);
  }

  /**
   * <pre>
   * try { observer.popped(heap, layer, sizeClass, block != 0); } catch (Throwable ignored) {}
   * </pre>
   *
   * The block is taken or given back already: whatever an observer does, the call goes on.
   */
  private void observe(CodeBuilder code, String event, int layer, int resultLocal) {
    for (Observer observer : observers) {
      code.trying(
          guarded ->
              constants
                  .load(guarded, CD_OBSERVER, observer)
                  .iload(HEAP)
                  .loadConstant(layer)
                  .iload(SIZE_CLASS)
                  .iload(resultLocal)
                  .ifThenElse(CodeBuilder::iconst_1, CodeBuilder::iconst_0)
                  .invokeinterface(CD_OBSERVER, event, OBSERVE),
          catches -> catches.catchingAll(CodeBuilder::pop));
    }
  }
}
