/**
 * A learner: advises size classes for the middle tier. {@code SampledRequests} says which sizes
 * were asked for in a round, {@code ClassLearner} decides. Nobody calls in here but the stack.
 */
package hak.box.dynclass;
