/**
 * A model of the whole public API: {@code Actor} does random steps on a stack and checks what comes
 * back, {@code Intervals} knows what is in somebody's hands, {@code Content} what was written
 * there.
 */
package hak.model;
