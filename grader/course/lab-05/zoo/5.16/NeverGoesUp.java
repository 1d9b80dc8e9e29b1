// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: the rate only falls: what was too fast once is slow for ever
public final class WriteStallController {
    private double factor(Pressure now, boolean isTooMuch) {
        if (hasStopped || limits.stopTables - now.levelZeroTables < NEAR_TABLES) {
            return BRAKE;
        }
        return isTooMuch ? SLOWER : 1;
    }
}
