package storagelab.cursor;

import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.testkit.CursorContract;

class ListCursorTest implements CursorContract {
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        return new ListCursor(sorted);
    }

    @Override
    public boolean showsTombstones() {
        return true;
    }

    @Override
    public Entry entryAt(Cursor cursor) {
        return new Entry(cursor.key(), cursor.value(), ((EntryCursor) cursor).isTombstone());
    }
}
