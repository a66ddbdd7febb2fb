package hak.bench.peer;

import java.nio.file.Path;

/**
 * A program in a file, for processes that replay it.
 *
 * @param file the file
 * @param events how many events it has
 * @param slots how many blocks it has alive at most
 */
public record StoredProgram(Path file, int events, int slots) {}
