package hak.docs;

import java.nio.file.Path;

/**
 * A module or a package, and what it says of itself.
 *
 * @param sources the folder of the sources of its module
 * @param about the first sentence of its comment, in Markdown
 * @param comment all of its comment
 */
record SourceRoom(String name, Path sources, String about, String comment) {}
