// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: a target that equals the last element is sought in the left part, because < was written for <=
public final class RotatedSearch {
    public static int indexOf(IntSequence rotated, int target) {
        int length = rotated.length();
        if (length == 0) {
            return -1;
        }
        int point = rotationPoint(rotated);
        boolean behind = point == 0 || target < rotated.get(length - 1);
        int from = behind ? point : 0;
        int to = behind ? length : point;
        int index = from + Bounds.partitionPoint(to - from, offset -> rotated.get(from + offset) < target);
        return index < to && rotated.get(index) == target ? index : -1;
    }
}
