package storagelab.sortedlog;

import java.util.List;
import java.util.Optional;

/**
 * Picks the tables to merge next: size-tiered, so that an entry is rewritten about once each time the store grows by
 * the factor {@code trigger}, log_trigger(n) times in all.
 *
 * <p>Tables whose sizes round to the same power of {@code trigger} form a tier. When a run of at least {@code trigger}
 * neighbours is in one tier it is merged, and the result is in the next. With {@code trigger = 4} and flushes of 1 MiB the
 * sizes go, newest first: {@code 1 · 1 1 · 1 1 1 · 4 · 1 4 · … · 4 4 4 · 16}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Only neighbours in age are merged. If a table were skipped, the result would be newer than it in parts and older
 *       in others, and no place in the list would be right.
 *   <li>A table counts as at least as large as every newer one, so that a small old table between large ones does not
 *       separate them for ever. Tiers therefore ascend with age, and where nothing is left to pick there are at most
 *       {@code trigger − 1} tables in each of them.
 * </ol>
 */
final class CompactionPicker {
    private CompactionPicker() {}

    /** Places {@code [from, to)} of the list of tables. */
    record Run(int from, int to) {}

    /** The run to merge next, the newest first; nothing if there are few enough tables. */
    static Optional<Run> pick(List<TableInfo> newestFirst, int trigger) {
        int from = 0;
        int tier = 0;
        for (int to = 0; to < newestFirst.size(); to++) {
            int next = Math.max(tier, tier(newestFirst.get(to).sizeBytes(), trigger));
            if (next > tier) {
                if (to - from >= trigger) {
                    return Optional.of(new Run(from, to));
                }
                tier = next;
                from = to;
            }
        }
        boolean enough = newestFirst.size() - from >= trigger;
        return enough ? Optional.of(new Run(from, newestFirst.size())) : Optional.empty();
    }

    private static int tier(long sizeBytes, int trigger) {
        return (int) Math.round(Math.log((double) sizeBytes) / Math.log(trigger));
    }
}
