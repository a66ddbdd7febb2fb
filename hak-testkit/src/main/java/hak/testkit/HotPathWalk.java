package hak.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows the static calls from some methods through the project and collects what does not belong
 * on a hot path.
 */
public final class HotPathWalk {
  /** C2's flag {@code FreqInlineSize}: what is larger is never inlined. */
  static final int ROOT_BYTES = 325;

  /** A method of a box's role, which calls helpers: three boxes in a row are still a small root. */
  static final int BOX_BYTES = 100;

  /** C2's flag {@code MaxInlineSize}: inlined even where no profile says that it is worth it. */
  static final int LEAF_BYTES = 35;

  private static final String PROJECT = "hak/";
  private static final String MEMORY = "hak/core/memory/Memory";
  private static final String ROLES = "hak/core/spi/";

  /** What the hot path may call outside of the project; C2 knows how to inline each of them. */
  private static final Set<String> FOREIGN =
      Set.of(
          "java/lang/Thread.currentThread",
          "java/lang/Thread.threadId",
          "java/lang/Long.compareUnsigned",
          "java/lang/Long.numberOfTrailingZeros");

  /** What {@link hak.core.memory.Memory} alone may call. */
  private static final Set<String> ACCESSES =
      Set.of("java/lang/foreign/MemorySegment.get", "java/lang/foreign/MemorySegment.set");

  private static final Set<Opcode> FORBIDDEN =
      EnumSet.of(
          Opcode.NEW,
          Opcode.NEWARRAY,
          Opcode.ANEWARRAY,
          Opcode.MULTIANEWARRAY,
          Opcode.PUTFIELD,
          Opcode.PUTSTATIC,
          Opcode.ATHROW,
          Opcode.MONITORENTER,
          Opcode.MONITOREXIT,
          Opcode.INVOKEDYNAMIC,
          Opcode.CHECKCAST,
          Opcode.INSTANCEOF);

  private final Set<String> cold;
  private final BoxMethods boxMethods;
  private final Map<String, ClassModel> classes = new HashMap<>();
  private final Map<String, Integer> sizes = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Deque<Runnable> toCheck = new ArrayDeque<>();

  /** The records that the calls which a specialised class makes of its boxes may lead to. */
  public interface BoxMethods {
    /** The classes of the boxes that a call of this name may lead to. */
    List<Class<?>> boxesOf(String call);
  }

  /**
   * Nothing walked yet.
   *
   * @param cold methods, as {@code Class.method}, at which the path of a hit ends
   * @param boxMethods where written-out calls lead
   */
  public HotPathWalk(Set<String> cold, BoxMethods boxMethods) {
    this.cold = cold;
    this.boxMethods = boxMethods;
  }

  /** Walks everything that can be reached from a method. */
  public void walk(ClassModel owner, String name, String descriptor) {
    classes.put(owner.thisClass().asInternalName(), owner);
    checkConstants(owner);
    visit(method(owner, name, descriptor), ROOT_BYTES);
    checkAll();
  }

  /** The calls of boxes are only not dispatched while their receivers are constants. */
  private void checkConstants(ClassModel owner) {
    for (FieldModel field : owner.fields()) {
      if (isRole(field.fieldTypeSymbol())
          && !(field.flags().has(AccessFlag.STATIC) && field.flags().has(AccessFlag.FINAL))) {
        faults.add(field.fieldName() + " is not static and final");
      }
    }
  }

  private static boolean isRole(ClassDesc type) {
    return type.descriptorString().startsWith("L" + ROLES);
  }

  /** Walks everything that can be reached from a method of a box. */
  public void walkBox(Class<?> box, String name) {
    visitBox(box, name);
    checkAll();
  }

  private void checkAll() {
    while (!toCheck.isEmpty()) {
      toCheck.remove().run();
    }
  }

  /** What does not belong there, a line each. */
  public List<String> faults() {
    return faults;
  }

  /** Code bytes of every method seen. */
  public Map<String, Integer> sizes() {
    return sizes;
  }

  /** Reads a class of the project. */
  public ClassModel classOf(String internalName) {
    return classes.computeIfAbsent(internalName, HotPathWalk::parse);
  }

  private static ClassModel parse(String internalName) {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MethodModel method(ClassModel owner, String name, String descriptor) {
    return owner.methods().stream()
        .filter(method -> method.methodName().equalsString(name))
        .filter(method -> method.methodType().equalsString(descriptor))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + descriptor + " in " + owner));
  }

  private static String nameOf(MethodModel method) {
    String owner = ownerOf(method).asInternalName();
    return owner.substring(owner.lastIndexOf('/') + 1) + "." + method.methodName().stringValue();
  }

  private void visit(MethodModel method, int mostBytes) {
    String name = nameOf(method);
    String signature = name + method.methodType().stringValue();
    if (cold.contains(name) || sizes.containsKey(signature)) {
      return;
    }
    int size = ((CodeAttribute) method.code().orElseThrow()).codeLength();
    sizes.put(signature, size);
    if (size > mostBytes) {
      faults.add(name + " has " + size + " bytes, allowed are " + mostBytes);
    }
    toCheck.add(() -> check(name, method));
  }

  private void check(String name, MethodModel method) {
    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
      faults.add(name + " is synchronized");
    }
    CodeModel code = method.code().orElseThrow();
    if (!code.exceptionHandlers().isEmpty()) {
      faults.add(name + " has exception handlers");
    }
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction) {
        check(name, method, instruction);
      }
    }
  }

  private void check(String name, MethodModel caller, Instruction instruction) {
    if (FORBIDDEN.contains(instruction.opcode())) {
      faults.add(name + " has " + instruction.opcode());
    }
    switch (instruction) {
      case InvokeInstruction call -> follow(name, caller, call);
      default -> {}
    }
  }

  private void follow(String name, MethodModel caller, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String callee = owner + "." + call.name().stringValue();
    if (ACCESSES.contains(callee)) {
      if (!ownerOf(caller).asInternalName().equals(MEMORY)) {
        faults.add(name + " accesses memory past Memory");
      }
    } else if (owner.startsWith(ROLES) && isRoot(caller)) {
      boxMethods
          .boxesOf(call.name().stringValue())
          .forEach(box -> visitBox(box, call.name().stringValue()));
    } else if (call.opcode() == Opcode.INVOKEINTERFACE) {
      faults.add(name + " has INVOKEINTERFACE of " + callee);
    } else if (owner.startsWith(PROJECT)) {
      visit(
          method(classOf(owner), call.name().stringValue(), call.type().stringValue()),
          mostBytes(caller, call));
    } else if (!FOREIGN.contains(callee)) {
      faults.add(name + " calls " + callee);
    }
  }

  private int mostBytes(MethodModel caller, InvokeInstruction call) {
    ClassModel callee = classOf(call.owner().asInternalName());
    if (handsOn(caller, call, callee)) {
      return BOX_BYTES;
    }
    return isRoot(caller) && callee.thisClass().equals(ownerOf(caller)) ? ROOT_BYTES : LEAF_BYTES;
  }

  private static boolean isRoot(MethodModel method) {
    return ownerOf(method).asInternalName().endsWith("/StackTemplate");
  }

  private static ClassEntry ownerOf(MethodModel method) {
    return method.parent().orElseThrow().thisClass();
  }

  /** Whether a box calls the same method of another one that it is made of. */
  private static boolean handsOn(MethodModel caller, InvokeInstruction call, ClassModel callee) {
    return call.name().equals(caller.methodName())
        && call.type().equals(caller.methodType())
        && callee.interfaces().stream().anyMatch(type -> type.asInternalName().startsWith(ROLES));
  }

  private void visitBox(Class<?> box, String name) {
    if (!box.isRecord()) {
      faults.add(box.getName() + " is no record");
    }
    List<MethodModel> found =
        classOf(box.getName().replace('.', '/')).methods().stream()
            .filter(method -> method.methodName().equalsString(name))
            .filter(method -> !method.flags().has(AccessFlag.BRIDGE))
            .toList();
    if (found.isEmpty()) {
      faults.add(box.getName() + " has no " + name + " of its own");
    }
    found.forEach(method -> visit(method, BOX_BYTES));
  }
}
