// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: caught
// because: the sequences are a list, which is searched for the one that is given up: their number, and not its logarithm
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
