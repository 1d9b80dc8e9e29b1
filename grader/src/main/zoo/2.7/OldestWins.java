// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: between equal keys the older source wins, so that overwritten values come back
public final class MergingCursor {
    private boolean beats(int one, int other) {
        Slice key = keys[one];
        Slice otherKey = keys[other];
        if (key == null || otherKey == null) {
            return key != null;
        }
        int comparison = order.compare(key, otherKey);
        return comparison == 0 ? one > other : (comparison < 0) == forward;
    }
}
