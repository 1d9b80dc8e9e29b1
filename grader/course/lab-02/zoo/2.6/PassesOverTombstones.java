// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: the cursor hides tombstones, and what they should hide in older tables comes back in a merge
public final class TableCursor {
    @Override
    public void next() {
        checkAtEntry();
        do {
            if (index + 1 < entries.size()) {
                index++;
            } else {
                moveToFirstOf(block + 1);
            }
        } while (index != NONE && entries.get(index).tombstone());
    }
}
