/**
 * What reaches past a block: {@code RawAccess} is all memory of the process, {@code StackView} a
 * stack from the inside, {@code OtherSystem} puts a stack on another operating system. For our own
 * modules: hak.core exports the package to those that need it and to nobody else, because whoever
 * calls in here needs no native access of his own.
 *
 * <p>Lies below hak.core, as the SPI does, and names nothing of it.
 */
package hak.core.inside;
