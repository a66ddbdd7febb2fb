/**
 * What happens on close, in order: {@code Closing}; who asks whether a stack is open: {@code
 * OpenState}; and when its addresses are given back: {@code Unmapping}.
 */
package hak.core.close;
