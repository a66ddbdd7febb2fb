/**
 * The {@code hak} command.
 *
 * @uses hak.core.spi.ProfileReader reads profile files without opening them
 */
module hak.cli {
  requires hak.core;
  requires info.picocli;

  opens hak.cli to
      info.picocli;

  uses hak.core.spi.ProfileReader;
}
