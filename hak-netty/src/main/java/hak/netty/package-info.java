/** Netty's allocators as peers of HAK. */
package hak.netty;
