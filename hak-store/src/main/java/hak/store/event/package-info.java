/**
 * Events of a store for JDK Flight Recorder: waits, evictions, growth, memory given back, moves,
 * rebuilds. Each class is one kind; nothing of a put, get or delete that has no need of these. They
 * cost next to nothing while nobody records.
 */
package hak.store.event;
