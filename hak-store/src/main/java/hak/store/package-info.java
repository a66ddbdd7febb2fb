/**
 * The object store: one mapped file that several processes share.
 *
 * <p>{@link hak.store.ObjectStore} is the way in, {@link hak.store.StoreVerifier} checks and
 * repairs a store that nobody needs to have open. The bytes of the file are described in
 * docs/STORE_LAYOUT.md.
 */
package hak.store;
