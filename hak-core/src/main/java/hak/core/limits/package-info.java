/**
 * What the system allows this process, read from files: {@code SystemLimits} knows the control
 * groups of Linux, both versions, and the limit of address space.
 */
package hak.core.limits;
