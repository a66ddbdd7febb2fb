/**
 * A thread cache: an array for each size class between which and the tier nothing stands. Nobody
 * calls in here but the stack.
 */
package hak.box.frontdirect;
