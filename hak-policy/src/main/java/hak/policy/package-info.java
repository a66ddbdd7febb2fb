/**
 * Profiles as TOML. {@link hak.policy.TomlProfileReader} follows {@code extends}, has each file
 * parsed ({@code TomlText}) and read into what it says ({@code ProfileLayer}), lays the files over
 * each other ({@code Inheritance}) and has the result checked by {@code Hak.check}; every step adds
 * to one list of errors. {@link hak.policy.ProfileText} is the way back. The grammar is in
 * docs/PROFILES.md.
 */
package hak.policy;
