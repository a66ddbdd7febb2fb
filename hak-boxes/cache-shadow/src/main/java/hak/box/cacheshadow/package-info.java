/**
 * An observer: says, by sampling, what thread caches of other capacities would have done. Nobody
 * calls in here but the stack.
 */
package hak.box.cacheshadow;
