/**
 * The commands that show what stacks are made of: {@code hak boxes} and {@code hak profile}; and
 * how a command line names a profile.
 */
package hak.cli.stack;
