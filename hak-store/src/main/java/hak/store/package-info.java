/**
 * The object store: one mapped file that several processes share.
 *
 * <p>{@link hak.store.ObjectStore} is the way in, {@link hak.store.StoreVerifier} checks and
 * repairs a store that nobody needs to have open. The bytes of the file are described in
 * docs/STORE_LAYOUT.md.
 *
 * <p>This is the API alone, and depends on none of the rooms below, which do the work: file, copy,
 * process, slots, space, life, check, access, each on top of those named before it.
 */
package hak.store;
