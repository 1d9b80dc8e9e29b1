package storagelab.btree;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.testkit.CursorContract;

/** A cursor of a store keeps the contract though, since it was opened, everything has been overwritten or deleted. */
@Tag("4.14")
class BTreeStoreCursorTest implements CursorContract {
    private static final BTreeOptions SMALL =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    private final List<BTreeStore> stores = new ArrayList<>();

    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        BTreeStore store = BTreeStore.open(CrashDisk.create().root().resolve("store"), SMALL);
        stores.add(store);
        WriteBatch batch = new WriteBatch();
        for (Entry entry : sorted) {
            batch.put(entry.key(), entry.value());
        }
        store.write(batch, Durability.SYNCED);
        Cursor cursor = store.cursor(KeyRange.all());
        changeEverything(store, sorted);
        return cursor;
    }

    @AfterEach
    void verifyAndClose() {
        for (BTreeStore store : stores) {
            store.verify();
            store.close();
        }
    }

    private static void changeEverything(BTreeStore store, List<Entry> sorted) {
        for (int i = 0; i < sorted.size(); i++) {
            if (i % 3 == 0) {
                store.delete(sorted.get(i).key());
            } else {
                store.put(sorted.get(i).key(), Slice.utf8("overwritten ".repeat(10)));
            }
            store.put(Slice.utf8("late arrival " + i), Slice.utf8("not to be seen"));
        }
        store.checkpoint();
    }
}
