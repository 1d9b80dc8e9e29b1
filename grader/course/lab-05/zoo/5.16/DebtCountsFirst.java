// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: debt is compared before tables, though it is the tables that every get has to look at
public final class WriteStallController {
    private double factor(Pressure now, boolean isTooMuch) {
        if (hasStopped || limits.stopTables - now.levelZeroTables < NEAR_TABLES) {
            return BRAKE;
        }
        boolean isLess = now.debtBytes == pressure.debtBytes
                ? now.levelZeroTables < pressure.levelZeroTables
                : now.debtBytes < pressure.debtBytes;
        if (isLess) {
            return FASTER;
        }
        return isTooMuch ? SLOWER : 1;
    }
}
