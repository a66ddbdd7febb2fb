/** Recording programs, and looking at what was recorded. */
package hak.cli.trace;
