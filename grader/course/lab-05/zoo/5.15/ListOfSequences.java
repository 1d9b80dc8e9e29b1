// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: accepted
// because: the sequences are a list, in the order in which they were taken, which is their own
import java.util.ArrayList;
import java.util.List;

public final class SnapshotList {
    private final List<Long> sequences = new ArrayList<>();

    public synchronized long hold() {
        long sequence = visible.getAsLong();
        sequences.add(sequence);
        return sequence;
    }

    public synchronized void release(long sequence) {
        if (!sequences.remove(Long.valueOf(sequence))) {
            throw new IllegalStateException("nobody holds sequence " + sequence);
        }
    }

    public synchronized long oldest() {
        return sequences.isEmpty() ? visible.getAsLong() : sequences.get(0);
    }

    public synchronized long newest() {
        return sequences.isEmpty() ? -1 : sequences.get(sequences.size() - 1);
    }
}
