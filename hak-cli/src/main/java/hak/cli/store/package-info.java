/** The commands below {@code hak store}, and how a command line names a store and an object. */
package hak.cli.store;
