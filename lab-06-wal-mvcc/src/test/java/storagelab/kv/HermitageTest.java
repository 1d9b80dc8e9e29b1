package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.recovery.SmallStores;

/**
 * The schedules of the Hermitage table, on keys x = 10 and y = 20, on both engines and levels. Which of them a level lets
 * happen is the assertion. Source: Kleppmann, <i>Hermitage</i>, reduced to keys and values.
 */
class HermitageTest {
    private final List<CrashSafeStore> stores = new ArrayList<>();

    static Stream<Arguments> cells() {
        return Stream.of(EngineKind.values())
                .flatMap(engine -> Stream.of(Isolation.values()).map(level -> Arguments.of(engine, level)));
    }

    /** A store with x = 10 and y = 20, whose transactions are of one level. */
    private record World(CrashSafeStore store, Isolation level) {
        Transaction begin() {
            return store.begin(level);
        }

        boolean isSerializable() {
            return level == Isolation.SERIALIZABLE;
        }

        int value(String key) {
            return Integer.parseInt(store.get(Slice.utf8(key)).orElseThrow().toString());
        }
    }

    private World world(EngineKind engine, Isolation level) {
        CrashSafeStore store =
                CrashSafeStore.open(CrashDisk.create().root().resolve("store"), SmallStores.options(engine));
        stores.add(store);
        store.put(Slice.utf8("x"), Slice.utf8("10"));
        store.put(Slice.utf8("y"), Slice.utf8("20"));
        return new World(store, level);
    }

    @AfterEach
    void close() {
        stores.forEach(CrashSafeStore::close);
    }

    private static int read(Transaction transaction, String key) {
        return Integer.parseInt(transaction.get(Slice.utf8(key)).orElseThrow().toString());
    }

    private static void write(Transaction transaction, String key, int value) {
        transaction.put(Slice.utf8(key), Slice.utf8(Integer.toString(value)));
    }

    /** The entries whose value can be divided by {@code divisor}. */
    private static TreeMap<String, Integer> scan(Transaction transaction, int divisor) {
        TreeMap<String, Integer> found = new TreeMap<>();
        try (Cursor cursor = transaction.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                int value = Integer.parseInt(cursor.value().toString());
                if (value % divisor == 0) {
                    found.put(cursor.key().toString(), value);
                }
            }
        }
        return found;
    }

    /** Whether the transaction could commit. */
    private static boolean commits(Transaction transaction) {
        try {
            transaction.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G0, write cycle: x and y come from one transaction")
    void writeCycle(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        write(t1, "x", 11);
        write(t2, "x", 12);
        write(t1, "y", 21);
        assertThat(commits(t1), is(true));
        write(t2, "y", 22);
        assertThat("the second writer of x commits", commits(t2), is(false));
        assertThat(world.value("x"), is(11));
        assertThat(world.value("y"), is(21));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G1a, aborted read: what was rolled back is never read")
    void abortedRead(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        write(t1, "x", 101);
        assertThat(read(t2, "x"), is(10));
        t1.rollback();
        assertThat(read(t2, "x"), is(10));
        assertThat(commits(t2), is(true));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G1b, intermediate read: what was written over before the commit is never read")
    void intermediateRead(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        write(t1, "x", 101);
        assertThat(read(t2, "x"), is(10));
        write(t1, "x", 11);
        assertThat(commits(t1), is(true));
        assertThat(read(t2, "x"), is(10));
        assertThat(commits(t2), is(true));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G1c, circular information flow: neither reads what the other writes")
    void circularFlow(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        write(t1, "x", 11);
        write(t2, "y", 22);
        assertThat(read(t1, "y"), is(20));
        assertThat(read(t2, "x"), is(10));
        assertThat(commits(t1), is(true));
        assertThat("each has read what the other writes", commits(t2), is(!world.isSerializable()));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("OTV, observed transaction vanishes: what was read of a transaction stays")
    void observedVanishes(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        write(t1, "x", 11);
        write(t1, "y", 19);
        write(t2, "x", 12);
        assertThat(commits(t1), is(true));
        Transaction t3 = world.begin();
        assertThat(read(t3, "x"), is(11));
        write(t2, "y", 18);
        assertThat(read(t3, "y"), is(19));
        assertThat(commits(t2), is(false));
        assertThat(read(t3, "x"), is(11));
        assertThat(read(t3, "y"), is(19));
        assertThat(commits(t3), is(true));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("PMP, predicate-many-preceders: a scan finds the same when it is repeated")
    void phantom(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        assertThat(scan(t1, 30).keySet().isEmpty(), is(true));
        write(t2, "z", 30);
        assertThat(commits(t2), is(true));
        assertThat(scan(t1, 3).keySet().isEmpty(), is(true));
        assertThat(commits(t1), is(true));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("P4, lost update: of two that read and write x, one commits")
    void lostUpdate(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        write(t1, "x", read(t1, "x") + 1);
        write(t2, "x", read(t2, "x") + 1);
        assertThat(commits(t1), is(true));
        assertThat(commits(t2), is(false));
        assertThat(world.value("x"), is(11));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G-single, read skew: x and y are of one moment")
    void readSkew(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        assertThat(read(t1, "x"), is(10));
        Transaction t2 = world.begin();
        read(t2, "x");
        read(t2, "y");
        write(t2, "x", 12);
        write(t2, "y", 18);
        assertThat(commits(t2), is(true));
        assertThat(read(t1, "y"), is(20));
        assertThat(commits(t1), is(true));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G2-item, write skew: snapshot isolation lets it happen, serializable does not")
    void writeSkew(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        read(t1, "x");
        read(t1, "y");
        read(t2, "x");
        read(t2, "y");
        write(t1, "x", 11);
        write(t2, "y", 21);
        assertThat(commits(t1), is(true));
        assertThat("both commit", commits(t2), is(!world.isSerializable()));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G2, anti-dependency cycle over a predicate: snapshot isolation lets it happen, serializable does not")
    void predicateCycle(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        Transaction t2 = world.begin();
        assertThat(scan(t1, 3).isEmpty(), is(true));
        assertThat(scan(t2, 3).isEmpty(), is(true));
        write(t1, "z3", 30);
        write(t2, "z4", 42);
        assertThat(commits(t1), is(true));
        assertThat("both commit", commits(t2), is(!world.isSerializable()));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G2-ro, a read-only transaction between two: snapshot isolation lets it happen, serializable does not")
    void readOnlyBetween(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        scan(t1, 1);
        Transaction t2 = world.begin();
        write(t2, "y", read(t2, "y") + 5);
        assertThat(commits(t2), is(true));
        Transaction t3 = world.begin();
        assertThat(scan(t3, 1), is(new TreeMap<>(java.util.Map.of("x", 10, "y", 25))));
        assertThat(commits(t3), is(true));
        write(t1, "x", 0);
        assertThat("all three commit", commits(t1), is(!world.isSerializable()));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("G2-ro, without the read-only transaction the other two fit an order, and both commit")
    void withoutTheReader(EngineKind engine, Isolation level) {
        World world = world(engine, level);
        Transaction t1 = world.begin();
        scan(t1, 1);
        Transaction t2 = world.begin();
        write(t2, "y", read(t2, "y") + 5);
        assertThat(commits(t2), is(true));
        write(t1, "x", 0);
        assertThat(commits(t1), is(true));
        assertThat(Optional.of(world.value("y")), is(Optional.of(25)));
    }
}
