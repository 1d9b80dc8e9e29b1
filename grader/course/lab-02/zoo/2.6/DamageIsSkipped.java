// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a damaged block is passed over, and nobody learns that a part of the table is missing
import storagelab.api.CorruptionException;

public final class TableCursor {
    private void moveToFirstOf(int target) {
        index = NONE;
        if (target < table.blockCount()) {
            try {
                load(target);
                index = 0;
            } catch (CorruptionException e) {
                moveToFirstOf(target + 1);
            }
        }
    }
}
