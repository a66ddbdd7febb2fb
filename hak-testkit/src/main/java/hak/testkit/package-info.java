/**
 * What a box must pass before it is used: {@link hak.testkit.ThreadCacheContract} and its siblings,
 * one for each role. {@link hak.testkit.HeapWalker} checks a whole stack block by block; {@link
 * hak.testkit.FailingVirtualMemory} refuses memory at a chosen call and finds what was not given
 * back. Used by tests only.
 */
package hak.testkit;
