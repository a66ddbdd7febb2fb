package hak.core;

import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The class data of a specialised stack: what {@link StackTemplate} has as constants.
 *
 * @param links the methods that the written-out bodies call, already bound to their boxes
 */
record StackParts(
    StackRuntime runtime,
    Memory memory,
    PageTable pages,
    OwnerTable owners,
    SizeClasses sizeClasses,
    long reservedBytes,
    List<MethodHandle> links) {}
