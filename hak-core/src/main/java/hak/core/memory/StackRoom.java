package hak.core.memory;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Meets the end of the running thread's stack before anything is changed: a {@link
 * StackOverflowError} comes from here or not at all until the caller is done.
 *
 * <p>What changes several words, or takes a lock, asks for room first. The hot path does not: it is
 * one compiled method without a call, and in each of its steps the one store that counts comes
 * last, or its two stores take the same way (see {@link BlockList}).
 *
 * <h2>Why it holds</h2>
 *
 * HotSpot looks for the end of the stack where a method is entered: it touches a fixed distance
 * below the new frame, and more for a frame larger than a page. So when a frame of {@code n} bytes
 * could be entered here, every call that goes no deeper than {@code n} bytes can be. {@code touch}
 * is a method with {@code n} bytes of local variables. The interpreter really makes room for them,
 * in 0.8 us. Compiled code touches as much, because it may have to become that interpreter frame:
 * the throw that is never taken keeps such a place in the method. Where {@code touch} is inlined
 * the place is in the caller's code, which then touches its own interpreter frames and {@code n}
 * bytes when it is entered, some stores below its frame; what is left here is a load and a branch.
 *
 * <h2>How much</h2>
 *
 * Whoever calls what asks itself asks for more: a block of several calls must not be stopped in the
 * second. Malloc, free and trim with all tiers behind them took 3 KiB of interpreted frames, the
 * deepest of all; compiled frames are smaller. Classes are loaded and calls linked beforehand, for
 * that takes far more (see {@code Rehearsal}).
 */
public final class StackRoom {
  private static final int BOX_BYTES = 8 << 10;
  private static final int CALL_BYTES = 16 << 10;
  private static final int SEQUENCE_BYTES = 24 << 10;

  private static final ClassDesc ROOM = ClassDesc.of(StackRoom.class.getName());

  /**
   * Never written, which the compiler does not know. Volatile, so that each place reads it anew: a
   * second one after the same reading would be left out, and with it the room that it keeps.
   */
  static volatile boolean never;

  private static final MethodHandle BOX;
  private static final MethodHandle CALL;
  private static final MethodHandle SEQUENCE;

  static {
    MethodHandles.Lookup touches = define();
    BOX = find(touches, BOX_BYTES);
    CALL = find(touches, CALL_BYTES);
    SEQUENCE = find(touches, SEQUENCE_BYTES);
  }

  private StackRoom() {}

  /**
   * Room for the slow path of a box: a tier that carves, settles or takes a lock.
   *
   * @throws StackOverflowError if there is none
   */
  public static void forBox() {
    touch(BOX);
  }

  /**
   * Room for one call of an allocator with the slow paths of its boxes.
   *
   * @throws StackOverflowError if there is none
   */
  public static void forCall() {
    touch(CALL);
  }

  /**
   * Room for several calls of an allocator of which all are done or none.
   *
   * @throws StackOverflowError if there is none
   */
  public static void forSequence() {
    touch(SEQUENCE);
  }

  private static void touch(MethodHandle touch) {
    try {
      touch.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("it throws nothing that is checked", e);
    }
  }

  private static String nameOf(int bytes) {
    return "touch" + bytes;
  }

  private static MethodHandles.Lookup define() {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(StackRoom.class.getPackageName(), "StackTouch"),
                type -> {
                  for (int room : new int[] {BOX_BYTES, CALL_BYTES, SEQUENCE_BYTES}) {
                    type.withMethodBody(
                        nameOf(room),
                        MethodTypeDesc.of(CD_void),
                        ClassFile.ACC_STATIC,
                        code -> writeTouch(code, room));
                  }
                });
    try {
      return MethodHandles.lookup().defineHiddenClass(bytes, true);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static void writeTouch(CodeBuilder code, int bytes) {
    code.getstatic(ROOM, "never", CD_boolean).ifThen(never -> never.aconst_null().athrow());
    code.iconst_0().istore(bytes / Long.BYTES - 1).return_();
  }

  private static MethodHandle find(MethodHandles.Lookup touches, int bytes) {
    try {
      return touches.findStatic(
          touches.lookupClass(), nameOf(bytes), MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
