/**
 * The data space: its extents and free bins, which free extent serves a request, and what a process
 * keeps of deleted objects.
 */
package hak.store.space;
