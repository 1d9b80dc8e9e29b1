// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: accepted
// because: a block has few entries, and looking through them from the front finds the same one
public final class TableCursor {
    private int countLessThan(Slice key) {
        int count = 0;
        while (count < entries.size() && entries.get(count).key().compareTo(key) < 0) {
            count++;
        }
        return count;
    }
}
