/**
 * Off-heap memory as boxes see it: refs, page descriptors, block lists, the layout of thread heaps,
 * runs of pages. {@link hak.core.memory.Memory} is the only class that touches memory; nothing here
 * decides policy.
 */
package hak.core.memory;
