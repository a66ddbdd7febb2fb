package hak.stack;

import hak.core.memory.StackRoom;

/**
 * Asks for room near the end of the stack, in a method that does nothing else and is compiled where
 * the JVM compiles, and then goes as deep as was promised, in frames that are never compiled.
 */
final class StackRoomProbe {
  /**
   * What {@link StackRoom#forCall} promises, in frames of {@link #deeper}, of some 100 bytes each.
   */
  private static final int FRAMES = 150;

  private static final int CALLS_TO_BE_COMPILED = 200_000;
  private static final int MOST_FRAMES_BEFORE_THE_END = 1_500;

  /** For the JVM that runs it. */
  static final String JVM_OPTION = "-XX:CompileCommand=exclude,hak.stack.StackRoomProbe::deeper";

  private static int asked;

  private StackRoomProbe() {}

  private static void ask() {
    StackRoom.forCall();
    asked++;
  }

  private static int deeper(int left) {
    return left == 0 ? 0 : 1 + deeper(left - 1);
  }

  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < CALLS_TO_BE_COMPILED; i++) {
      ask();
    }
    deeper(FRAMES);
    Descent descent = new Descent();
    int refused = 0;
    int kept = 0;
    for (int frames = 0; frames < MOST_FRAMES_BEFORE_THE_END; frames++) {
      asked = 0;
      Throwable thrown =
          descent.attempt(
              new StackDepth(frames, 0),
              _ -> {
                ask();
                deeper(FRAMES);
              },
              null);
      if (asked == 0) {
        refused++;
      } else if (thrown != null) {
        throw new AssertionError(
            "promised, and the stack ended " + frames + " frames before", thrown);
      } else {
        kept++;
      }
    }
    if (refused == 0 || kept == 0) {
      throw new AssertionError(refused + " times refused, " + kept + " times kept");
    }
  }
}
