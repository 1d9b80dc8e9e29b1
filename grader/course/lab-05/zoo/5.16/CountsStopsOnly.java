// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: only writes that stood still are counted, so a store that is slow all the time says that nobody waits
public final class WriteStallController {
    public synchronized void waited(Cause cause, boolean wasStopped, long nanos) {
        hasStopped |= wasStopped && cause != Cause.MEMTABLE;
        if (wasStopped) {
            stalls.merge(cause, new Stalls(1, nanos), (old, one) -> old.plus(one.nanos));
        }
    }
}
