// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: backward the whole order is turned over, that of the ages included
public final class MergingCursor {
    private boolean beats(int one, int other) {
        Slice key = keys[one];
        Slice otherKey = keys[other];
        if (key == null || otherKey == null) {
            return key != null;
        }
        int comparison = order.compare(key, otherKey);
        boolean before = comparison == 0 ? one < other : comparison < 0;
        return before == forward;
    }
}
