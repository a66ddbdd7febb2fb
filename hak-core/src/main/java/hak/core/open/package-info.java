/**
 * Opening a stack: memory is reserved, boxes are made, all is connected ({@code StackBuilder}), and
 * slow paths run once before anybody needs them ({@code Rehearsal}). Where an observer asks to be
 * told every call, a {@code LoggedStack} stands in front. {@code Hak} alone calls in here.
 */
package hak.core.open;
