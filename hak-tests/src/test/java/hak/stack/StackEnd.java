package hak.stack;

import hak.core.profile.Profile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every call at every distance from the end of the stack. */
final class StackEnd extends EndRun {
  /** Frames of about 100 B: more than any call needs, loading and linking included. */
  private static final int FARTHEST_FRAMES = 1_000;

  /** Most calls need less, so a half of the depths is within. */
  private static final int NEAR_FRAMES = 64;

  private static final int DEPTHS_OF_A_SWEEP = 12;
  private static final int DEPTHS_WITH_NEW_STACKS = 4;

  private List<StackDepth> depths = List.of();
  private int depthCount;

  private StackEnd(EndScope scope, long seconds, long seed) {
    super(scope, seconds, seed, () -> {});
  }

  /** Arguments: the scope, {@code warm} or {@code cold}, seconds, seed. */
  public static void main(String[] arguments) throws InterruptedException {
    StackEnd run =
        new StackEnd(
            EndScope.valueOf(arguments[0]),
            Long.parseLong(arguments[2]),
            Long.parseLong(arguments[3]));
    run.runAndExit(arguments[1].equals("cold") ? run::runCold : run::playRounds);
  }

  @Override
  void sweep(
      Subject subject, Operation operation, Condition condition, ThreadKind kind, boolean walks)
      throws Exception {
    if (!walks) {
      depths = nextDepths(operation);
    }
    new StackSweep(watchdog, subject, operation, kind).atEach(depths, condition, walks);
  }

  /** Every operation as the first of its stack, beginning at the very end; in any order. */
  private void runCold() {
    int round = random.nextInt(stacks.size());
    do {
      for (int stack = 0; stack < stacks.size(); stack++) {
        List<Integer> shuffled = new ArrayList<>(inRound(round, stack, operations.size()));
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        for (int index : shuffled) {
          if (!hasFailedOften()) {
            sweepCold(stacks.get(stack), operations.get(index));
          }
        }
      }
      round++;
    } while (!isOver());
  }

  private void sweepCold(Profile stack, Operation operation) {
    ThreadKind kind = randomKind();
    sweepAlone(
        String.format("%s on %s, cold, %s", operation, stack.name(), kind),
        () -> sweepCold(newSubject(stack), operation, kind));
  }

  private void sweepCold(Subject subject, Operation operation, ThreadKind kind) throws Exception {
    try {
      new StackSweep(watchdog, subject, operation, kind).untilDone();
      subject.close();
    } finally {
      subject.abandon();
    }
  }

  private List<StackDepth> nextDepths(Operation operation) {
    List<StackDepth> next = new ArrayList<>();
    int count = operation.opensStack() ? DEPTHS_WITH_NEW_STACKS : DEPTHS_OF_A_SWEEP;
    for (int i = 0; i < count; i++) {
      next.add(nextDepth());
    }
    return next;
  }

  /** Near and far ones in turn; in the long run none is left out. */
  private StackDepth nextDepth() {
    int range = (depthCount & 1) == 0 ? NEAR_FRAMES : FARTHEST_FRAMES;
    int points = range * Descent.WIDE_FRAMES;
    int point = (int) ((depthCount >> 1) * 7_919L % points); // a prime, so that all are met
    depthCount++;
    return new StackDepth(point / Descent.WIDE_FRAMES, point % Descent.WIDE_FRAMES);
  }
}
