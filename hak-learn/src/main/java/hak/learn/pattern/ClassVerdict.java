package hak.learn.pattern;

/**
 * What is held of a size class.
 *
 * @param sizeClass which
 * @param pattern how its blocks come and go
 * @param confidence how probable that is by the last windows, in [0, 1]; without windows all
 *     patterns are alike
 * @param route the name of the provider that should serve it
 * @param expectedCost what that is expected to cost, where 1 is the first provider
 * @param evidence what the class did in the last windows
 */
public record ClassVerdict(
    int sizeClass,
    Pattern pattern,
    double confidence,
    String route,
    double expectedCost,
    Metrics evidence) {}
