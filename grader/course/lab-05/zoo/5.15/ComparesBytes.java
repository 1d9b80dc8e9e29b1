// exercise: 5.15
// type: storagelab.sstable.InternalMergingCursor
// verdict: caught
// because: internal keys are compared as bytes: the sequence at their end is little-endian and counts down
public final class InternalMergingCursor implements InternalCursor {
    private boolean isAhead(int one, int other) {
        int order = keys[one].compareTo(keys[other]);
        return forward ? order < 0 : order > 0;
    }
}
