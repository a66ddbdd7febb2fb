/**
 * A store in use by this process: the mapping and who uses it, handles, views, objects being
 * written. On top of all others; the API finds it as a service.
 */
package hak.store.access;
