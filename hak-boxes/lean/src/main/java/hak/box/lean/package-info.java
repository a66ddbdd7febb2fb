/**
 * A superslab source: keeps few empty superslabs, and those not for long. Nobody calls in here but
 * the stack.
 */
package hak.box.lean;
