/**
 * The parser of profile files: tomlj and the ANTLR runtime that it needs, in packages of their own.
 *
 * <p>Neither library has a module descriptor, and jlink refuses modules without one. Here are their
 * classes, renamed by the build ({@code src/build/Relocate.java}), so that a program may have tomlj
 * or ANTLR in another release beside HAK, on the class path and on the module path.
 */
@SuppressWarnings("module") // hak.policy is compiled after this module
module hak.toml {
  exports hak.toml to
      hak.policy;
}
