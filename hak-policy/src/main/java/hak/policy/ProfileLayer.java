package hak.policy;

import hak.core.spi.Section;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one file says, as far as it could be understood.
 *
 * @param name what it calls itself
 * @param parent what it extends; null for nothing
 * @param stack where its {@code [stack]} is; null when it has none
 * @param lists the lists of {@code [stack]}
 * @param amounts the options of {@code [stack]} by key, in their units
 * @param settings raw values by box and option; of an array a list of a {@link Said} for each
 *     element
 * @param doubtful lists that may have been meant otherwise than they were understood
 */
record ProfileLayer(
    String name,
    Said<String> parent,
    Place stack,
    Map<Section, Said<List<Said<String>>>> lists,
    Map<String, Said<Long>> amounts,
    Map<String, Said<Map<String, Said<Object>>>> settings,
    Set<Section> doubtful) {
  /** A value and where it was set. */
  record Said<T>(T value, Place place) {}
}
