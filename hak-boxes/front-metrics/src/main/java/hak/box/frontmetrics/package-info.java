/** An observer: counts what every layer does, by size class. Nobody calls in here but the stack. */
package hak.box.frontmetrics;
