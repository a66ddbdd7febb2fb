package hak.core.specialise;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_String;
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
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes one class for one stack: the bytes of {@link StackTemplate}, defined anew as a hidden class
 * whose class data are the stack's parts, with the chain of boxes written out as straight-line
 * code.
 *
 * <p>Each call of a box is an {@code invokedynamic} with a constant call site: a method handle
 * bound to that box. The JIT compiler sees a constant receiver and inlines the box's method; there
 * is no dispatch left to mispredict, whatever other stacks the JVM runs. A box that the profile
 * does not name is not there.
 */
public final class StackSpecialiser {
  private static final ClassDesc CD_TEMPLATE = describe(StackTemplate.class);
  private static final ClassDesc CD_OUT_OF_LINE = describe(OutOfLine.class);
  private static final DirectMethodHandleDesc LINK =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          describe(StackSpecialiser.class),
          "link",
          MethodTypeDesc.of(
              CD_CallSite, CD_MethodHandles_Lookup, CD_String, CD_MethodType, CD_int));

  private static final MethodTypeDesc TAKE = MethodTypeDesc.of(CD_int, CD_int, CD_int);
  private static final MethodTypeDesc TAKE_SIZE = TAKE.insertParameterTypes(2, CD_long);
  private static final MethodTypeDesc OFFER = MethodTypeDesc.of(CD_boolean, CD_int, CD_int, CD_int);
  private static final MethodTypeDesc GIVE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int);
  private static final MethodTypeDesc OBSERVE =
      MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_boolean);

  /** Locals of the written-out methods. */
  private static final int HEAP = 0;

  private static final int SIZE_CLASS = 1;
  private static final int BLOCK = 2;
  private static final int SIZE = 2;
  private static final int TAKEN = 4;
  private static final int ACCEPTED = 3;

  /** One more than the largest method that C2 inlines: its flag {@code FreqInlineSize}. */
  private static final int NEVER_INLINED_BYTES = 326;

  /** Puts the padding in front of a method and keeps the rest as it is. */
  private static final CodeTransform PADDING =
      new CodeTransform() {
        @Override
        public void atStart(CodeBuilder code) {
          pad(code);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
          code.with(element);
        }
      };

  private final StackParts parts;
  private final List<ThreadCache> caches;
  private final List<SizeTier> sizeTiers;
  private final List<Integer> lastClassOfTier;
  private final List<Observer> observers;
  private final List<MethodHandle> links = new ArrayList<>();

  /**
   * The class data of a hidden class.
   *
   * @param links the methods that the written-out bodies call, bound to their boxes
   */
  private record ClassData(StackParts parts, List<MethodHandle> links) {}

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
                  bytes, new ClassData(parts, List.copyOf(specialiser.links)), true);
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

  /** Links a call in a written-out body to its box; the bootstrap method of those calls. */
  static CallSite link(MethodHandles.Lookup stack, String name, MethodType type, int index) {
    return new ConstantCallSite(dataOf(stack).links().get(index).asType(type));
  }

  private byte[] classBytes() {
    ClassModel template = ClassFile.of().parse(templateBytes());
    ClassTransform writeOut =
        (builder, element) -> {
          if (!(element instanceof MethodModel method)) {
            builder.with(element);
            return;
          }
          Consumer<CodeBuilder> body = bodyOf(method);
          if (body != null) {
            builder.withMethodBody(
                method.methodName(), method.methodType(), method.flags().flagsMask(), body);
          } else if (isOutOfLine(method)) {
            builder.transformMethod(method, MethodTransform.transformingCode(PADDING));
          } else {
            builder.with(element);
          }
        };
    return ClassFile.of().transformClass(template, writeOut);
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
   */
  private void writeTakeBlock(CodeBuilder code) {
    for (int i = 0; i < caches.size(); i++) {
      MethodHandle pop = bind(ThreadCache.class, "pop", caches.get(i), TAKE);
      code.iload(HEAP).iload(SIZE_CLASS).invokedynamic(call("pop", TAKE, pop)).istore(TAKEN);
      observePop(code, i);
      code.iload(TAKEN).ifThen(found -> found.iload(TAKEN).ireturn());
    }
    writeFirstTierInLine(code, this::writeTakeFromTier);
    code.iload(HEAP).iload(SIZE_CLASS).lload(SIZE);
    code.invokestatic(CD_TEMPLATE, "takeFromTier", TAKE_SIZE).ireturn();
  }

  /**
   * <pre>
   * if (cache0.push(heap, sizeClass, block)) return;
   * if (cache1.push(heap, sizeClass, block)) return;
   * giveToTier(heap, sizeClass, block);
   * </pre>
   */
  private void writeGiveBlock(CodeBuilder code) {
    for (int i = 0; i < caches.size(); i++) {
      MethodHandle push = bind(ThreadCache.class, "push", caches.get(i), OFFER);
      code.iload(HEAP).iload(SIZE_CLASS).iload(BLOCK);
      code.invokedynamic(call("push", OFFER, push)).istore(ACCEPTED);
      observePush(code, i);
      code.iload(ACCEPTED).ifThen(CodeBuilder::return_);
    }
    writeFirstTierInLine(code, this::writeGiveToTier);
    code.iload(HEAP).iload(SIZE_CLASS).iload(BLOCK);
    code.invokestatic(CD_TEMPLATE, "giveToTier", GIVE).return_();
  }

  /** Without a cache the first tier is the hot path: it stands in line, behind one test. */
  private void writeFirstTierInLine(CodeBuilder code, TierCode body) {
    if (caches.isEmpty()) {
      code.iload(SIZE_CLASS)
          .loadConstant(lastClassOfTier.getFirst())
          .ifThen(Opcode.IF_ICMPLE, branch -> body.write(branch, 0));
    }
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
    for (int i = 0; i < last; i++) {
      int tier = i;
      code.iload(SIZE_CLASS)
          .loadConstant(lastClassOfTier.get(tier))
          .ifThen(Opcode.IF_ICMPLE, branch -> body.write(branch, tier));
    }
    body.write(code, last);
  }

  private void writeTakeFromTier(CodeBuilder code, int tier) {
    SizeTier box = sizeTiers.get(tier);
    code.iload(HEAP).iload(SIZE_CLASS);
    code.invokedynamic(call("allocate", TAKE, allocate(box))).istore(TAKEN);
    observePop(code, caches.size() + tier);
    code.iload(TAKEN).ifThen(found -> found.iload(TAKEN).ireturn());
    MethodHandle exhausted = bind(SlowPath.class, "takeLastBlock", parts.slowPath(), TAKE_SIZE);
    code.iload(HEAP).iload(SIZE_CLASS).lload(SIZE);
    code.invokedynamic(call("takeLastBlock", TAKE_SIZE, exhausted)).ireturn();
  }

  /** How a block is taken from a tier when no cache had one. */
  private MethodHandle allocate(SizeTier box) {
    if (box.refills() && !caches.isEmpty()) {
      SizeTier.BlockSink sink = parts.layers()::acceptRefill;
      MethodTypeDesc refill = TAKE.insertParameterTypes(2, describe(SizeTier.BlockSink.class));
      return MethodHandles.insertArguments(bind(SizeTier.class, "refill", box, refill), 2, sink);
    }
    if (caches.stream().anyMatch(ThreadCache::refills)) {
      return bind(Layers.class, "takeAndRefill", parts.layers(), TAKE);
    }
    Handover handover = parts.layers().handover(box);
    return handover != null
        ? bind(Handover.class, "take", handover, TAKE)
        : bind(SizeTier.class, "allocate", box, TAKE);
  }

  private void writeGiveToTier(CodeBuilder code, int tier) {
    MethodHandle release = bind(SizeTier.class, "release", sizeTiers.get(tier), GIVE);
    code.iload(HEAP).iload(SIZE_CLASS).iload(BLOCK);
    code.invokedynamic(call("release", GIVE, release)).iconst_1().istore(ACCEPTED);
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
    MethodTypeDesc withLayer = OBSERVE.insertParameterTypes(1, CD_int);
    for (Observer observer : observers) {
      MethodHandle handle = bind(Observer.class, event, observer, withLayer);
      MethodHandle ofLayer = MethodHandles.insertArguments(handle, 1, layer);
      code.trying(
          guarded ->
              guarded
                  .iload(HEAP)
                  .iload(SIZE_CLASS)
                  .iload(resultLocal)
                  .ifThenElse(CodeBuilder::iconst_1, CodeBuilder::iconst_0)
                  .invokedynamic(call(event, OBSERVE, ofLayer)),
          catches -> catches.catchingAll(CodeBuilder::pop));
    }
  }

  private static MethodHandle bind(Class<?> role, String name, Object box, MethodTypeDesc type) {
    MethodHandles.Lookup core = MethodHandles.lookup();
    try {
      return core.findVirtual(role, name, type.resolveConstantDesc(core)).bindTo(box);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(role + "." + name, e);
    }
  }

  private DynamicCallSiteDesc call(String name, MethodTypeDesc type, MethodHandle target) {
    links.add(target);
    return DynamicCallSiteDesc.of(LINK, name, type, links.size() - 1);
  }
}
