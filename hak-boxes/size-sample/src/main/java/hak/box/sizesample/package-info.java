/**
 * An observer: counts the sizes of some of the requests, for learners. {@code SampledSizes} is told
 * every call and looks at few. Nobody calls in here but the stack.
 */
package hak.box.sizesample;
