package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/** The memory store's cursor keeps the contract of cursors, and one that is over other entries is found out. */
class CursorModelTest implements CursorContract {
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        MemoryOrderedStore store = new MemoryOrderedStore();
        sorted.forEach(entry -> store.put(entry.key(), entry.value()));
        return store.cursor(KeyRange.all());
    }

    @Test
    @DisplayName("an entry that a cursor never shows is found out, and the walk shrunk to one move")
    void missingEntry() {
        List<Entry> entries = new ArrayList<>();
        for (String key : List.of("a", "b", "c", "d")) {
            entries.add(Entry.value(Slice.utf8(key), Slice.utf8("1")));
        }
        CursorModel model = CursorModel.of(entries, () -> cursorOver(entries.subList(1, 4)));
        AssertionError failure = assertThrows(AssertionError.class, () -> model.check(new Random(42)));
        assertThat(failure.getMessage(), containsString("after 1 move (shrunk from"));
        assertThat(failure.getMessage(), containsString("expected the cursor at \"a\"=\"1\", it is at"));
    }
}
