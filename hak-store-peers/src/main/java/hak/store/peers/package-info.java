/**
 * The object store against LMDB, Chronicle Map and Redis, and against plain memory with a hash map:
 * {@link hak.store.peers.StorePeersMain} starts one process for each and lets their rounds take
 * turns. Not part of HAK and in no module, as the libraries of the peers are not.
 */
package hak.store.peers;
