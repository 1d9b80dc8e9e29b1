package storagelab.writeback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cursor.EntryCursor;

/** Which versions a dirty set keeps, and what its readers see. */
@Tag("7.4")
class DirtySetTest {
    private static final Slice A = Slice.utf8("a");

    private final DirtySet set = new DirtySet();

    private void put(long sequence, String value) {
        set.apply(sequence, new WriteBatch().put(A, Slice.utf8(value)));
    }

    private String versions() {
        List<String> all = new ArrayList<>();
        for (DirtyVersion version = set.get(A); version != null; version = version.older()) {
            all.add(version.sequence() + "=" + version.value());
        }
        return String.join(" ", all);
    }

    @Test
    @DisplayName("the example: a pinned version stays, one that nobody can read does not")
    void example() {
        put(1, "1");
        put(2, "2");
        assertThat(versions(), is("2=2"));
        set.pin(2);
        put(3, "3");
        put(4, "4");
        assertThat(versions(), is("4=4 2=2"));
        assertThat(set.bytes(), is(DirtySet.ENTRY_BYTES + DirtyVersion.BYTES + 3));
        set.unpin();
        put(5, "5");
        assertThat(versions(), is("5=5"));
        assertThat(set.bytes(), is(DirtySet.ENTRY_BYTES + 2));
        set.verify();
    }

    @Test
    @DisplayName("a key that was written after the pin is not there for its reader; a cursor passes over it")
    void later() {
        set.pin(0);
        put(1, "1");
        assertThat(set.get(A, 0), is(nullValue()));
        EntryCursor cursor = set.cursor(0);
        cursor.seekToFirst();
        assertThat(cursor.isValid(), is(false));
        cursor.seekToLast();
        assertThat(cursor.isValid(), is(false));
    }

    /** What a reader that pinned a sequence has to see. */
    private record Reader(long sequence, NavigableMap<Slice, @Nullable Slice> entries) {}

    @RepeatedTest(20)
    @DisplayName("beside a model: readers at many sequences see what was there then, forward and backward")
    void model(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        NavigableMap<Slice, @Nullable Slice> model = new TreeMap<>();
        Deque<Reader> readers = new ArrayDeque<>();
        for (long sequence = 1; sequence <= 600; sequence++) {
            Slice key = Slice.utf8("key " + random.nextInt(30));
            Slice value = random.nextInt(4) == 0 ? null : Slice.utf8("v" + sequence);
            WriteBatch batch = new WriteBatch();
            set.apply(sequence, value == null ? batch.delete(key) : batch.put(key, value));
            model.put(key, value);
            if (random.nextInt(20) == 0) {
                set.pin(sequence);
                readers.add(new Reader(sequence, new TreeMap<>(model)));
            }
            if (readers.size() > 4) {
                check(readers.removeFirst());
            }
            assertThat("keys", set.size(), is(model.size()));
        }
        readers.forEach(this::check);
        set.verify();
    }

    private void check(Reader reader) {
        String entries = reader.entries.toString();
        NavigableMap<Slice, @Nullable Slice> seen = new TreeMap<>();
        EntryCursor cursor = set.cursor(reader.sequence);
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            seen.put(cursor.key(), cursor.isTombstone() ? null : cursor.value());
        }
        assertThat("forward at " + reader.sequence, seen.toString(), is(entries));
        seen.clear();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            seen.put(cursor.key(), cursor.isTombstone() ? null : cursor.value());
        }
        assertThat("backward at " + reader.sequence, seen.toString(), is(entries));
        Slice middle = Slice.utf8("key 2");
        cursor.seek(middle);
        assertThat(cursor.isValid() ? cursor.key() : null, is(reader.entries.ceilingKey(middle)));
        cursor.seekBefore(middle);
        assertThat(cursor.isValid() ? cursor.key() : null, is(reader.entries.lowerKey(middle)));
        if (cursor.isValid()) {
            cursor.next();
            assertThat(cursor.isValid() ? cursor.key() : null, is(reader.entries.ceilingKey(middle)));
        }
        reader.entries.forEach((key, value) -> {
            DirtyVersion version = set.get(key, reader.sequence);
            assertThat(key + " at " + reader.sequence, version == null ? "none" : version.value(), is(value));
        });
        set.unpin();
    }
}
