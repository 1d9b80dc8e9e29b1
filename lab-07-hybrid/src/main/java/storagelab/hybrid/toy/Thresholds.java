package storagelab.hybrid.toy;

/**
 * When a {@link SimpleHybridEngine} moves keys.
 *
 * @param promoteAfterReads how many reads make a key hot, 1 or more
 * @param demoteAfterOperations how many operations after its last read a key is no longer hot, 1 or more
 */
public record Thresholds(int promoteAfterReads, int demoteAfterOperations) {
    /** Checks the numbers. */
    public Thresholds {
        if (promoteAfterReads < 1 || demoteAfterOperations < 1) {
            throw new IllegalArgumentException(
                    "promote after " + promoteAfterReads + " reads, demote after " + demoteAfterOperations);
        }
    }
}
