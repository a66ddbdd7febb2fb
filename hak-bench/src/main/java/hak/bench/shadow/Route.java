package hak.bench.shadow;

/**
 * Another size tier for a range of sizes.
 *
 * @param tier the box that should serve them
 * @param instead the tier of the profile that serves them now
 * @param aboveBytes blocks of more than this
 * @param upToBytes blocks of no more than this
 * @param gain by what part all calls are expected to be faster; may be too little to be recommended
 * @param evidence a phrase with the patterns and figures
 */
public record Route(
    String tier, String instead, int aboveBytes, int upToBytes, double gain, String evidence) {}
