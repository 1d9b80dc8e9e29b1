package storagelab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.CursorMove.Kind;
import storagelab.testkit.StoreOperation.MoveCursor;
import storagelab.testkit.StoreOperation.OpenCursor;

/** The cursors that are open in one run of a model test, each beside a copy of what it has to show. */
final class ModelCursors {
    private record Pair(Cursor cursor, ModelCursor model, int entries) {}

    private final Map<Integer, Pair> open = new TreeMap<>();

    /** Makes a cursor with {@code cursors}, which has to show what is in {@code content} now. */
    void open(OpenCursor operation, Function<KeyRange, Cursor> cursors, NavigableMap<Slice, Slice> content) {
        Pair former = open.remove(operation.cursor());
        if (former != null) {
            former.cursor.close();
        }
        List<Entry> inRange = new ArrayList<>();
        content.forEach((key, value) -> {
            if (operation.range().contains(key)) {
                inRange.add(Entry.value(key, value));
            }
        });
        Cursor cursor = cursors.apply(operation.range());
        open.put(operation.cursor(), new Pair(cursor, new ModelCursor(inRange), inRange.size()));
    }

    @Nullable
    String disagreementAfter(MoveCursor operation) {
        Pair pair = open.get(operation.cursor());
        return pair == null
                ? null
                : pair.model.disagreementAfter(
                        operation.move(), pair.cursor, cursor -> Entry.value(cursor.key(), cursor.value()));
    }

    /** Steps that go through everything that every open cursor shows. */
    List<StoreOperation> walks() {
        List<StoreOperation> steps = new ArrayList<>();
        open.forEach((number, pair) -> {
            steps.add(new MoveCursor(number, CursorMove.of(Kind.FIRST)));
            for (int i = 0; i < pair.entries; i++) {
                steps.add(new MoveCursor(number, CursorMove.of(Kind.NEXT)));
            }
        });
        return steps;
    }

    void close() {
        open.values().forEach(pair -> pair.cursor.close());
        open.clear();
    }
}
