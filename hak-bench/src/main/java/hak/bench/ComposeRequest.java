package hak.bench;

/**
 * What {@link Compose} is to do.
 *
 * @param profile the profile that gets the do-nothing boxes: a name or a path, as in {@link
 *     PeerRequest}
 * @param rounds timed rounds of each contestant in one fork
 * @param forks how often all processes are started anew
 * @param progress told about every step
 */
public record ComposeRequest(String profile, int rounds, int forks, Progress progress) {}
