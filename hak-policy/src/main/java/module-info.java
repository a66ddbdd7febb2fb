/**
 * Profiles: the shipped ones, and the reader that turns a TOML file into a checked {@link
 * hak.core.profile.Profile}.
 *
 * @provides hak.core.profile.ProfileReader reads TOML
 */
module hak.policy {
  requires transitive hak.core;
  requires hak.toml;

  exports hak.policy;

  provides hak.core.profile.ProfileReader with
      hak.policy.TomlProfileReader;
}
