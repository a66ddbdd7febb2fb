package hak.core.specialise;

import hak.core.close.Closing;
import hak.core.heaps.OwnerTable;
import hak.core.policy.Policies;
import hak.core.report.Reports;
import hak.core.report.StackInside;
import hak.core.segments.Segments;
import hak.core.slow.Layers;
import hak.core.slow.SlowPath;
import hak.core.slow.Upkeep;

/**
 * All that a stack consists of but its hot half: what {@link StackTemplate} has as constants.
 *
 * @param reservedBytes bytes from the base in which an address may be a block
 */
public record StackParts(
    StackInside inside,
    OwnerTable owners,
    long reservedBytes,
    Layers layers,
    SlowPath slowPath,
    Upkeep upkeep,
    Segments segments,
    Reports reports,
    Policies policies,
    Closing closing) {}
