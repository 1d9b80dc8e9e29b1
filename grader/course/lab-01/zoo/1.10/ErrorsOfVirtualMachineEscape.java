// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: an OutOfMemoryError is left to the virtual machine, and writers wait for ever
public final class BackgroundMaintenance implements Maintenance {
    private void runUntilClosed() {
        try {
            for (FrozenMemtable next = awaitNext(); next != null; next = awaitNext()) {
                work.flush(next);
                placeIsFree();
                work.compact();
            }
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            fail(e);
        }
    }
}
