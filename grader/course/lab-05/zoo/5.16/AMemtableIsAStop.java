// exercise: 5.16
// type: storagelab.lsm.WriteStallController
// verdict: caught
// because: waiting for a memtable to be written out is taken for a stop, though merges are not behind
public final class WriteStallController {
    public synchronized void waited(Cause cause, boolean wasStopped, long nanos) {
        hasStopped |= wasStopped;
        stalls.merge(cause, new Stalls(1, nanos), (old, one) -> old.plus(one.nanos));
    }
}
