package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.MemoryTransactions;
import storagelab.testkit.kv.MemoryTransactions.Versions;
import storagelab.testkit.kv.RandomHistories;

@Tag("6.9")
class SerializableTransactionTest {
    private final MemoryTransactions store = new MemoryTransactions(Versions.CHAINED);

    private Transaction begin() {
        return store.begin(Isolation.SERIALIZABLE);
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    @Test
    @DisplayName("the worked example: A reads x and y and writes x, B reads x and y and writes y; B is refused")
    void writeSkew() {
        store.put(utf8("x"), utf8("10"));
        store.put(utf8("y"), utf8("10"));
        Transaction a = begin();
        Transaction b = begin();
        for (Transaction each : List.of(a, b)) {
            each.get(utf8("x"));
            each.get(utf8("y"));
        }
        a.put(utf8("x"), utf8("-5"));
        b.put(utf8("y"), utf8("-5"));
        a.commit();
        assertThrows(TransactionConflictException.class, b::commit);
    }

    @Test
    @DisplayName("the worked example of a cursor over b, d and f: a seek and two steps read from c to z")
    void cursorExample() {
        MemoryOrderedStore entries = new MemoryOrderedStore();
        for (String key : List.of("b", "d", "f")) {
            entries.put(utf8(key), utf8("1"));
        }
        KeyRange range = KeyRange.of(utf8("a"), utf8("z"));
        List<KeyRange> read = new ArrayList<>();
        try (TrackingCursor cursor = new TrackingCursor(entries.cursor(range), range, read::add)) {
            cursor.seek(utf8("c"));
            assertThat("d was read", covers(read, "d"), is(true));
            assertThat("cc was read", covers(read, "cc"), is(true));
            assertThat("e was read", covers(read, "e"), is(false));
            cursor.next();
            assertThat("e was read", covers(read, "e"), is(true));
            assertThat("g was read", covers(read, "g"), is(false));
            cursor.next();
            assertThat("y was read", covers(read, "y"), is(true));
            assertThat("b was read", covers(read, "b"), is(false));
        }
    }

    private static boolean covers(List<KeyRange> ranges, String key) {
        return ranges.stream().anyMatch(range -> range.contains(utf8(key)));
    }

    @ParameterizedTest
    @EnumSource(Hermitage.class)
    @DisplayName("the Hermitage table: no anomaly happens")
    void hermitage(Hermitage anomaly) {
        assertThat(anomaly.seenIn(store, Isolation.SERIALIZABLE), is(List.of()));
    }

    @Test
    @DisplayName("without the reader between them, the two transactions of G2_READ_ONLY fit an order, and both commit")
    void withoutTheReader() {
        store.put(utf8("x"), utf8("10"));
        store.put(utf8("y"), utf8("20"));
        Transaction first = begin();
        first.get(utf8("x"));
        first.get(utf8("y"));
        Transaction second = begin();
        second.get(utf8("y"));
        second.put(utf8("y"), utf8("25"));
        second.commit();
        first.put(utf8("x"), utf8("0"));
        first.commit();
        assertThat(store.get(utf8("x")).orElseThrow().toString(), is("0"));
    }

    @Test
    @DisplayName("however the steps of transactions are mixed, an order of them explains what they have seen")
    void histories() {
        Seeds.check(100, random -> {
            History history = RandomHistories.mixed(
                    new MemoryTransactions(Versions.CHAINED), Isolation.SERIALIZABLE, "k", random);
            assertThat(HistoryChecker.check(history, Isolation.SERIALIZABLE).orElse("none"), is("none"));
        });
    }
}
