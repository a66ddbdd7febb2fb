/**
 * What a stack is made of, before it is one: a {@link hak.core.profile.Profile} names the boxes and
 * sets options; what is wrong with it is a {@link hak.core.profile.Problem}. Whoever makes or reads
 * profiles calls in here.
 */
package hak.core.profile;
