/**
 * A superslab source: keeps empty superslabs with their memory. Nobody calls in here but the stack.
 */
package hak.box.ssreuse;
