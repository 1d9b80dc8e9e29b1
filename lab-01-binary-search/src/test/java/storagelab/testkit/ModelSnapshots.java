package storagelab.testkit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.testkit.StoreOperation.AskSnapshot;
import storagelab.testkit.StoreOperation.OpenCursor;
import storagelab.testkit.StoreOperation.OpenSnapshotCursor;

/** The snapshots that are held in one run of a model test, each beside a copy of what there was. */
final class ModelSnapshots {
    private record Pair(Snapshot snapshot, NavigableMap<Slice, Slice> content) {}

    private final Map<Integer, Pair> held = new TreeMap<>();

    void take(int number, SnapshotStore store, NavigableMap<Slice, Slice> content) {
        Pair former = held.remove(number);
        if (former != null) {
            former.snapshot.close();
        }
        held.put(number, new Pair(store.snapshot(), new TreeMap<>(content)));
    }

    /** Says in words how a snapshot disagrees with its copy; null if it does not. */
    @Nullable
    String disagreement(AskSnapshot operation) {
        Pair pair = held.get(operation.snapshot());
        return pair == null ? null : disagreement(pair, operation.key());
    }

    /** The same for every key that was ever written, in every snapshot. */
    @Nullable
    String disagreement(Iterable<Slice> keys) {
        for (Map.Entry<Integer, Pair> entry : held.entrySet()) {
            for (Slice key : keys) {
                String disagreement = disagreement(entry.getValue(), key);
                if (disagreement != null) {
                    return "in snapshot " + entry.getKey() + " in the end: " + disagreement;
                }
            }
        }
        return null;
    }

    /** Opens a cursor over a snapshot; nothing if there is none of that name. */
    void openCursor(OpenSnapshotCursor operation, ModelCursors cursors) {
        Pair pair = held.get(operation.snapshot());
        if (pair != null) {
            cursors.open(new OpenCursor(operation.cursor(), operation.range()), pair.snapshot::cursor, pair.content);
        }
    }

    void close() {
        held.values().forEach(pair -> pair.snapshot.close());
        held.clear();
    }

    private static @Nullable String disagreement(Pair pair, Slice key) {
        Optional<Slice> expected = Optional.ofNullable(pair.content.get(key));
        Optional<Slice> seen = pair.snapshot.get(key);
        return expected.equals(seen)
                ? null
                : "expected " + StoreMatchers.show(expected) + " under " + TraceText.print(key) + ", found "
                        + StoreMatchers.show(seen);
    }
}
