/**
 * What all commands share: exit codes, how errors are told, arguments that several have. Knows no
 * single command.
 */
package hak.cli.command;
