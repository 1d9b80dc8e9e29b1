// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: the entries of a block are compared one after the other from the front, where halving needs the logarithm
public final class TableCursor {
    private int countLessThan(Slice key) {
        int count = 0;
        while (count < entries.size() && order.compare(entries.get(count).key(), key) < 0) {
            count++;
        }
        return count;
    }
}
