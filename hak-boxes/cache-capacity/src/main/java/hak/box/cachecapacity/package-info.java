/**
 * A learner: how much of its capacity a thread cache uses. {@code HandedFlow} counts what passes
 * the cache, {@code CapacityTrial} compares two capacities in turns, {@code PartLearner} decides.
 * Nobody calls in here but the stack.
 */
package hak.box.cachecapacity;
