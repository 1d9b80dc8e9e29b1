package storagelab.tier;

/**
 * What a {@link TierMigrator} did for a move.
 *
 * @param move what was to be moved
 * @param steps how many steps it took, those of this run only
 * @param entries that were moved in them
 * @param bytes of the keys and values of these entries
 * @param ended whether all of its keys are on the tier now; otherwise {@link TierMigrator#stop} was called, and the move can be resumed
 */
public record MoveReport(Move move, int steps, long entries, long bytes, boolean ended) {}
