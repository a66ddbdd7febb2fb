/**
 * What the command line calls: {@link hak.bench.Runner} replays workloads on one profile, {@link
 * hak.bench.Peers} compares it with other allocators, {@link hak.bench.Compose} measures what
 * composition costs. Nothing here prints.
 */
package hak.bench;
