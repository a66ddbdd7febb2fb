package hak.core.spi;

import hak.core.memory.Placement;

/**
 * Says in which superslab the slabs of a size class are to be; a stack has one at most. Only slabs
 * that a thread heap owns are placed. It keeps what it remembers in the thread heap, or
 * synchronises.
 */
public non-sealed interface SlabPlacement extends Box, Placement {}
