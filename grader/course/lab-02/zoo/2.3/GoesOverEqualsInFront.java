// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: accepted
// because: if the ends are equal it goes forward over the equals at the front instead of back over those at the end
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length < 2) {
            return 0;
        }
        int last = rotated.get(length - 1);
        int start = 0;
        int first = rotated.get(0);
        while (first == last && start < length - 1) {
            start++;
            first = rotated.get(start);
        }
        if (first == last) {
            return 0;
        }
        if (first < last) {
            return start;
        }
        int base = start + 1;
        return base + Bounds.partitionPoint(length - 1 - base, offset -> rotated.get(base + offset) > last);
    }
}
