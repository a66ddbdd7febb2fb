package hak.core;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import hak.core.spi.Observer;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
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
final class StackSpecialiser {
  private static final ClassDesc CD_SPECIALISER =
      StackSpecialiser.class.describeConstable().orElseThrow();
  private static final DirectMethodHandleDesc LINK =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          CD_SPECIALISER,
          "link",
          MethodTypeDesc.of(
              CD_CallSite, CD_MethodHandles_Lookup, CD_String, CD_MethodType, CD_int));

  private static final MethodTypeDesc TAKE = MethodTypeDesc.of(CD_int, CD_int, CD_int);
  private static final MethodTypeDesc OFFER = MethodTypeDesc.of(CD_boolean, CD_int, CD_int, CD_int);
  private static final MethodTypeDesc GIVE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int);
  private static final MethodTypeDesc OBSERVE =
      MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_boolean);

  private static final int HEAP = 0;
  private static final int SIZE_CLASS = 1;
  private static final int BLOCK = 2;
  private static final int TAKEN = 2;

  private final StackRuntime runtime;
  private final StackRuntime.Boxes boxes;
  private final List<MethodHandle> links = new ArrayList<>();

  private StackSpecialiser(StackRuntime runtime, StackRuntime.Boxes boxes) {
    this.runtime = runtime;
    this.boxes = boxes;
  }

  /** Everything the hidden class needs besides its links. */
  interface PartsMaker {
    StackParts with(List<MethodHandle> links);
  }

  /** Defines the class of a stack and makes its one instance. */
  static HakAllocator specialise(StackRuntime runtime, StackRuntime.Boxes boxes, PartsMaker parts) {
    StackSpecialiser specialiser = new StackSpecialiser(runtime, boxes);
    byte[] bytes = specialiser.classBytes();
    try {
      MethodHandles.Lookup stack =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(
                  bytes, parts.with(List.copyOf(specialiser.links)), true);
      return (HakAllocator)
          stack.findConstructor(stack.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new LinkageError("cannot specialise a stack", e);
    }
  }

  /** The class data of a hidden class made here. */
  static StackParts partsOf(MethodHandles.Lookup stack) {
    try {
      return MethodHandles.classData(stack, "_", StackParts.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError("not a specialised stack", e);
    }
  }

  /** Links a call in a written-out body to its box; the bootstrap method of those calls. */
  static CallSite link(MethodHandles.Lookup stack, String name, MethodType type, int index) {
    return new ConstantCallSite(partsOf(stack).links().get(index).asType(type));
  }

  private byte[] classBytes() {
    ClassModel template = ClassFile.of().parse(templateBytes());
    ClassTransform writeOut =
        (builder, element) -> {
          if (element instanceof MethodModel method && bodyOf(method) != null) {
            Consumer<CodeBuilder> body = bodyOf(method);
            builder.withMethodBody(
                method.methodName(), method.methodType(), method.flags().flagsMask(), body);
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

  private Consumer<CodeBuilder> bodyOf(MethodModel method) {
    return switch (method.methodName().stringValue()) {
      case "takeBlock" -> this::writeTakeBlock;
      case "giveBlock" -> this::writeGiveBlock;
      default -> null;
    };
  }

  /**
   * <pre>
   * if ((block = cache0.pop(heap, sizeClass)) != 0) return block;
   * if ((block = cache1.pop(heap, sizeClass)) != 0) return block;
   * if (sizeClass <= lastOfTier0) return tier0.allocate(heap, sizeClass);
   * return tier1.allocate(heap, sizeClass);
   * </pre>
   */
  private void writeTakeBlock(CodeBuilder code) {
    for (int i = 0; i < boxes.caches().size(); i++) {
      MethodHandle pop =
          bind(ThreadCache.class, "pop", boxes.caches().get(i), int.class, int.class, int.class);
      code.iload(HEAP).iload(SIZE_CLASS).invokedynamic(call("pop", TAKE, pop)).istore(TAKEN);
      observePop(code, i);
      code.iload(TAKEN).ifThen(found -> found.iload(TAKEN).ireturn());
    }
    forEachTier(
        code,
        (branch, tier) -> {
          SizeTier box = boxes.sizeTiers().get(tier);
          MethodHandle allocate =
              bind(SizeTier.class, "allocate", box, int.class, int.class, int.class);
          if (box.refills() && !boxes.caches().isEmpty()) {
            SizeTier.BlockSink caches = runtime::acceptRefill;
            MethodHandle refill =
                bind(
                    SizeTier.class,
                    "refill",
                    box,
                    int.class,
                    int.class,
                    int.class,
                    SizeTier.BlockSink.class);
            allocate = MethodHandles.insertArguments(refill, 2, caches);
          }
          branch
              .iload(HEAP)
              .iload(SIZE_CLASS)
              .invokedynamic(call("allocate", TAKE, allocate))
              .istore(TAKEN);
          observePop(branch, boxes.caches().size() + tier);
          branch.iload(TAKEN).ireturn();
        });
  }

  /**
   * <pre>
   * if (cache0.push(heap, sizeClass, block)) return;
   * if (cache1.push(heap, sizeClass, block)) return;
   * if (sizeClass <= lastOfTier0) { tier0.release(heap, sizeClass, block); return; }
   * tier1.release(heap, sizeClass, block);
   * </pre>
   */
  private void writeGiveBlock(CodeBuilder code) {
    int accepted = BLOCK + 1;
    for (int i = 0; i < boxes.caches().size(); i++) {
      MethodHandle push =
          bind(
              ThreadCache.class,
              "push",
              boxes.caches().get(i),
              boolean.class,
              int.class,
              int.class,
              int.class);
      code.iload(HEAP)
          .iload(SIZE_CLASS)
          .iload(BLOCK)
          .invokedynamic(call("push", OFFER, push))
          .istore(accepted);
      observePush(code, i, accepted);
      code.iload(accepted).ifThen(CodeBuilder::return_);
    }
    forEachTier(
        code,
        (branch, tier) -> {
          MethodHandle release =
              bind(
                  SizeTier.class,
                  "release",
                  boxes.sizeTiers().get(tier),
                  void.class,
                  int.class,
                  int.class,
                  int.class);
          branch
              .iload(HEAP)
              .iload(SIZE_CLASS)
              .iload(BLOCK)
              .invokedynamic(call("release", GIVE, release));
          branch.iconst_1().istore(accepted);
          observePush(branch, boxes.caches().size() + tier, accepted);
          branch.return_();
        });
  }

  /** Writes the code for one tier. */
  private interface TierCode {
    void write(CodeBuilder branch, int tier);
  }

  private void forEachTier(CodeBuilder code, TierCode body) {
    int last = boxes.sizeTiers().size() - 1;
    for (int i = 0; i < last; i++) {
      int tier = i;
      code.iload(SIZE_CLASS)
          .loadConstant(boxes.lastClassOfTier().get(tier))
          .ifThen(java.lang.classfile.Opcode.IF_ICMPLE, branch -> body.write(branch, tier));
    }
    body.write(code, last);
  }

  private void observePop(CodeBuilder code, int layer) {
    observe(code, "popped", layer, TAKEN);
  }

  private void observePush(CodeBuilder code, int layer, int accepted) {
    observe(code, "pushed", layer, accepted);
  }

  private void observe(CodeBuilder code, String event, int layer, int resultLocal) {
    for (Observer observer : boxes.observers()) {
      MethodHandle handle =
          bind(
              Observer.class,
              event,
              observer,
              void.class,
              int.class,
              int.class,
              int.class,
              boolean.class);
      MethodHandle ofLayer = MethodHandles.insertArguments(handle, 1, layer);
      code.iload(HEAP)
          .iload(SIZE_CLASS)
          .iload(resultLocal)
          .ifThenElse(CodeBuilder::iconst_1, CodeBuilder::iconst_0)
          .invokedynamic(call(event, OBSERVE, ofLayer));
    }
  }

  private static MethodHandle bind(
      Class<?> role, String name, Object box, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.lookup()
          .findVirtual(role, name, MethodType.methodType(result, parameters))
          .bindTo(box);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(role + "." + name, e);
    }
  }

  private DynamicCallSiteDesc call(String name, MethodTypeDesc type, MethodHandle target) {
    links.add(target);
    return DynamicCallSiteDesc.of(LINK, name, type, Integer.valueOf(links.size() - 1));
  }
}
