package hak.docs;

import java.util.Set;

/**
 * A class, record, enum or interface in the sources.
 *
 * @param name with its package and the types it is in
 * @param members its methods, fields, constants and components
 */
record SourceType(String name, Set<String> members) {}
