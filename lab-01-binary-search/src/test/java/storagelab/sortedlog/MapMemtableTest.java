package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

@Tag("1.6")
class MapMemtableTest {
    private static final Slice A = Slice.utf8("a");
    private static final Slice B = Slice.utf8("b");

    private final Memtable memtable = new MapMemtable();

    @Test
    @DisplayName("a tombstone takes the place of the value and stays")
    void example() {
        memtable.put(Entry.value(B, Slice.utf8("1")));
        memtable.put(Entry.value(A, Slice.utf8("22")));
        memtable.put(Entry.tombstone(B));
        assertThat(
                "get(b) after put(b=1), put(a=22), put(tombstone of b)",
                memtable.get(B),
                is(Optional.of(Entry.tombstone(B))));
        assertThat("get(c), which was never put", memtable.get(Slice.utf8("c")), is(Optional.empty()));
        assertThat("count() with a and the tombstone of b", memtable.count(), is(2));
        assertThat(
                "sizeBytes() with a=22 and the tombstone of b: (1 + 2 + 64) + (1 + 0 + 64)",
                memtable.sizeBytes(),
                is(132L));
    }

    @Test
    @DisplayName("entries come in the order of unsigned bytes")
    void order() {
        Entry high = Entry.tombstone(Slice.copyOf((byte) 0x80));
        Entry low = Entry.tombstone(Slice.copyOf((byte) 0x7f));
        Entry none = Entry.tombstone(Slice.EMPTY);
        memtable.put(high);
        memtable.put(none);
        memtable.put(low);
        assertThat(
                "entries() after put(0x80), put(the empty key), put(0x7f)",
                ImmutableList.copyOf(memtable.entries()),
                contains(none, low, high));
    }

    @Test
    @DisplayName("the entries of a range are those from its beginning to before its end")
    void range() {
        memtable.put(Entry.value(A, Slice.utf8("22")));
        memtable.put(Entry.tombstone(B));
        assertThat(
                "entries([aa, c)) with a=22 and the tombstone of b",
                ImmutableList.copyOf(memtable.entries(KeyRange.of(Slice.utf8("aa"), Slice.utf8("c")))),
                contains(Entry.tombstone(B)));
        assertThat(
                "entries([a, b)) with a=22 and the tombstone of b",
                ImmutableList.copyOf(memtable.entries(KeyRange.of(A, B))),
                contains(Entry.value(A, Slice.utf8("22"))));
    }

    @Test
    @DisplayName("a memtable without entries is empty and has no bytes")
    void empty() {
        assertThat("isEmpty() of a new memtable", memtable.isEmpty(), is(true));
        assertThat("sizeBytes() of a new memtable", memtable.sizeBytes(), is(0L));
        memtable.put(Entry.tombstone(A));
        assertThat("isEmpty() with a tombstone in it", memtable.isEmpty(), is(false));
    }
}
