/** An observer: remembers the last events of each thread. Nobody calls in here but the stack. */
package hak.box.tracering;
