package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;

/** A snapshot and a cursor of it, which a crash trial keeps open while the power is cut. */
public final class HeldSnapshot implements CrashTrial.Moment {
    private final Snapshot snapshot;
    private final Cursor cursor;

    /** Takes over {@code snapshot}, and closes it in the end. */
    public HeldSnapshot(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.cursor = snapshot.cursor(KeyRange.all());
    }

    @Override
    public void assertShows(Map<Slice, Slice> content) {
        Map<Slice, Slice> seen = new TreeMap<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            seen.put(cursor.key(), cursor.value());
            assertEquals(
                    Optional.of(cursor.value()),
                    snapshot.get(cursor.key()),
                    "get(" + cursor.key() + ") from a snapshot whose cursor has it");
        }
        assertEquals(new TreeMap<>(content), seen, "what a cursor of an earlier snapshot shows");
    }

    @Override
    public void close() {
        snapshot.close();
        cursor.close();
    }
}
