// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: the last element is read again in every round: right, and twice the probes
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length < 2) {
            return 0;
        }
        int first = rotated.get(0);
        int end = length;
        int last = rotated.get(end - 1);
        while (last == first && end > 1) {
            end--;
            last = rotated.get(end - 1);
        }
        if (last > first) {
            return end < length ? end : 0;
        }
        int lastIndex = end - 1;
        return last < first ? Bounds.partitionPoint(lastIndex, index -> rotated.get(index) > rotated.get(lastIndex)) : 0;
    }
}
