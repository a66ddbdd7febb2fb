/**
 * A thread cache: a thin heap for small requests, a magazine for each size class. Nobody calls in
 * here but the stack.
 */
package hak.box.heapv2;
