// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: an interrupt ends nothing early and is gone afterwards
public final class BackgroundMaintenance implements Maintenance {
    private synchronized void waitWhile(BooleanSupplier condition) {
        while (condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }
}
