/**
 * Reports as pages: one file each, which needs no network and no script. {@link
 * hak.cli.html.AbPage} is the page of an A/B; its parts are classes of their own. Knows no command.
 */
package hak.cli.html;
