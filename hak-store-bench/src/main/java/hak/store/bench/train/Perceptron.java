package hak.store.bench.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * A perceptron of two layers over many features that are on or off, few of them on. It trains on
 * parameters that lie in one segment, such as an object of a store that is being written.
 *
 * <pre>
 *   | row of feature 0 | row of feature 1 | ... | hidden bias  | output weights | output bias |
 *     HIDDEN floats      HIDDEN floats            HIDDEN floats  HIDDEN floats    1 float
 *
 *   hidden = max(0, hidden bias + rows of the features that are on)
 *   output = output bias + output weights * hidden
 * </pre>
 *
 * <h2>The same bits everywhere</h2>
 *
 * Float additions and multiplications in the order of the source and nothing of {@link Math}: Java
 * rounds each of them alike in the interpreter and in compiled code, so two JVMs that train on the
 * same examples end with the same bits.
 *
 * <p>Not for use by several threads.
 */
final class Perceptron {
  /** Units of the hidden layer. */
  static final int HIDDEN = 64;

  /** Features of an example that are on. */
  static final int ACTIVE = 16;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final float LEARNING_RATE = 0.02f;
  private static final double SPREAD = 0.25;

  private final long hiddenBias;
  private final long outputWeights;
  private final long outputBias;
  private final float[] hidden = new float[HIDDEN];
  private final float[] gradient = new float[HIDDEN];

  Perceptron(int features) {
    hiddenBias = (long) features * HIDDEN;
    outputWeights = hiddenBias + HIDDEN;
    outputBias = outputWeights + HIDDEN;
  }

  /** How many there are. */
  long parameters() {
    return outputBias + 1;
  }

  /** Their size. */
  long sizeBytes() {
    return parameters() * Float.BYTES;
  }

  /** Writes parameters to start from. */
  void initialise(MemorySegment parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < parameters(); i++) {
      parameters.setAtIndex(FLOAT, i, (float) (SPREAD * (2 * random.nextDouble() - 1)));
    }
  }

  /** Goes through the examples once, with a step of stochastic gradient descent for each. */
  void train(MemorySegment parameters, Examples examples) {
    for (int example = 0; example < examples.count(); example++) {
      float error = output(parameters, examples, example) - examples.target(example);
      descend(parameters, examples, example, LEARNING_RATE * error);
    }
  }

  /** The sum of the squared errors. */
  double loss(MemorySegment parameters, Examples examples) {
    double sum = 0;
    for (int example = 0; example < examples.count(); example++) {
      double error = output(parameters, examples, example) - examples.target(example);
      sum += error * error;
    }
    return sum;
  }

  private float output(MemorySegment parameters, Examples examples, int example) {
    MemorySegment.copy(parameters, FLOAT, hiddenBias * Float.BYTES, hidden, 0, HIDDEN);
    for (int i = 0; i < ACTIVE; i++) {
      long row = row(examples, example, i);
      for (int unit = 0; unit < HIDDEN; unit++) {
        hidden[unit] += parameters.getAtIndex(FLOAT, row + unit);
      }
    }
    float output = parameters.getAtIndex(FLOAT, outputBias);
    for (int unit = 0; unit < HIDDEN; unit++) {
      hidden[unit] = Math.max(0, hidden[unit]);
      output += parameters.getAtIndex(FLOAT, outputWeights + unit) * hidden[unit];
    }
    return output;
  }

  /** A step down the gradient of the output, from the hidden layer that it left behind. */
  private void descend(MemorySegment parameters, Examples examples, int example, float step) {
    for (int unit = 0; unit < HIDDEN; unit++) {
      float weight = parameters.getAtIndex(FLOAT, outputWeights + unit);
      gradient[unit] = hidden[unit] > 0 ? step * weight : 0;
      parameters.setAtIndex(FLOAT, outputWeights + unit, weight - step * hidden[unit]);
    }
    subtract(parameters, hiddenBias);
    for (int i = 0; i < ACTIVE; i++) {
      subtract(parameters, row(examples, example, i));
    }
    float bias = parameters.getAtIndex(FLOAT, outputBias);
    parameters.setAtIndex(FLOAT, outputBias, bias - step);
  }

  private void subtract(MemorySegment parameters, long from) {
    for (int unit = 0; unit < HIDDEN; unit++) {
      float value = parameters.getAtIndex(FLOAT, from + unit);
      parameters.setAtIndex(FLOAT, from + unit, value - gradient[unit]);
    }
  }

  private static long row(Examples examples, int example, int active) {
    return (long) examples.feature(example, active) * HIDDEN;
  }
}
