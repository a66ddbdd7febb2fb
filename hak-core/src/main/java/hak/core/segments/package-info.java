/** The segment API over blocks: scopes that end before their memory does, and arenas. */
package hak.core.segments;
