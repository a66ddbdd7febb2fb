/**
 * A size tier: blocks with a header in front of each, to measure its tax. Nobody calls in here but
 * the stack.
 */
package hak.box.inbandheader;
