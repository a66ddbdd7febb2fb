/**
 * From parts to one class: {@code StackTemplate} is the hot half of every stack, {@code
 * StackSpecialiser} loads it anew for each with {@code StackParts} as constants and the boxes
 * written out.
 */
package hak.core.specialise;
