package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Entry;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.cost.EngineCosts;
import storagelab.cost.Locality;
import storagelab.cursor.ListCursor;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.workload.RangeStatistics;

/** Exercise 7.11: what a store counts. */
@Tag("7.11")
class HybridLoadHiddenTest {
    private static final int KEYS = 1_000;
    private static final int REQUESTS = 6_000;

    private final HybridRounds rounds = new HybridRounds();

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private static void assertCount(String what, double count, double expected) {
        assertThat(what, count, closeTo(expected, 1e-9));
    }

    @Test
    @DisplayName("a get is a hit with the bytes of its value, or a miss")
    void gets() {
        try (HybridStore store = rounds.open(rounds.options())) {
            store.put(utf8("a"), utf8("12345"));
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("12345"))));
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("12345"))));
            assertThat(store.get(utf8("b")), is(Optional.empty()));
            RangeStatistics load = store.load().get(0);
            assertCount("hits", load.hits(), 2);
            assertCount("misses", load.misses(), 1);
            assertCount("bytes read", load.bytesRead(), 10);
        }
    }

    @Test
    @DisplayName("a batch counts its puts, with their bytes, and its deletes; a key that is in it twice counts twice")
    void batches() {
        try (HybridStore store = rounds.openFour(rounds.options())) {
            WriteBatch batch = new WriteBatch()
                    .put(utf8("a"), utf8("1"))
                    .put(utf8("a"), utf8("123"))
                    .delete(utf8("n00"))
                    .put(utf8("z"), utf8("12"));
            store.write(batch, Durability.SYNCED);
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("123"))));
            List<RangeStatistics> load = store.load();
            assertCount("puts of the range up to c", load.get(0).puts(), 2);
            assertCount("bytes written there", load.get(0).bytesWritten(), 4);
            assertCount("puts of [m, p)", load.get(2).puts(), 0);
            assertCount("deletes of [m, p)", load.get(2).deletes(), 1);
            assertCount("puts from p on", load.get(3).puts(), 1);
        }
    }

    @Test
    @DisplayName("an update is a put of what it has written, or a delete, and not a get")
    void updates() {
        try (HybridStore store = rounds.open(rounds.options())) {
            assertThat(
                    store.update(utf8("a"), old -> Optional.of(utf8("12345")), Durability.BUFFERED),
                    is(Optional.of(utf8("12345"))));
            assertThat(store.update(utf8("a"), old -> Optional.empty(), Durability.BUFFERED), is(Optional.empty()));
            RangeStatistics load = store.load().get(0);
            assertCount("puts", load.puts(), 1);
            assertCount("bytes written", load.bytesWritten(), 5);
            assertCount("deletes", load.deletes(), 1);
            assertCount("hits and misses", load.hits() + load.misses(), 0);
            assertThat(store.get(utf8("a")), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName("updates of one key take turns, so that none is lost")
    void updatesTakeTurns() throws InterruptedException {
        try (HybridStore store = rounds.open(rounds.options());
                Crew crew = new Crew()) {
            List<Thread> second = new ArrayList<>();
            store.update(
                    utf8("a"),
                    old -> {
                        if (second.isEmpty()) {
                            Thread other = crew.start(
                                    "second update",
                                    () -> store.update(
                                            utf8("a"),
                                            now -> Optional.of(
                                                    utf8(now.map(Slice::toUtf8).orElse("") + "2")),
                                            Durability.BUFFERED));
                            second.add(other);
                            Eventually.waits(other);
                        }
                        return Optional.of(utf8(old.map(Slice::toUtf8).orElse("") + "1"));
                    },
                    Durability.BUFFERED);
            crew.join();
            assertThat(store.get(utf8("a")), is(Optional.of(utf8("12"))));
        }
    }

    @Test
    @DisplayName("a request that throws is not counted")
    void refused() {
        try (HybridStore store = rounds.open(rounds.options())) {
            Slice longKey = utf8("k".repeat(70_000));
            assertThrows(IllegalArgumentException.class, () -> store.put(longKey, utf8("1")));
            assertThrows(
                    IllegalStateException.class,
                    () -> store.update(
                            utf8("a"),
                            old -> {
                                throw new IllegalStateException("no");
                            },
                            Durability.BUFFERED));
            assertCount("puts", store.load().get(0).puts(), 0);
            assertCount("deletes", store.load().get(0).deletes(), 0);
        }
    }

    @Test
    @DisplayName("the deletions of deleteRange, and a bulk load, are not counted")
    void notCounted() {
        try (HybridStore store = rounds.open(rounds.options())) {
            store.bulkLoad(new ListCursor(List.of(new Entry(utf8("a"), utf8("1"), false))));
            assertThat(store.deleteRange(KeyRange.all(), Durability.BUFFERED), is(1L));
            RangeStatistics load = store.load().get(0);
            assertCount("requests", load.requests(), 0);
        }
    }

    @Test
    @DisplayName("a bulk load has each entry in the store, also one without any bytes")
    void smallestEntry() {
        try (HybridStore store = rounds.open(rounds.options())) {
            Entry smallest = new Entry(Slice.EMPTY, Slice.EMPTY, false);
            assertThat("entries", store.bulkLoad(new ListCursor(List.of(smallest))), is(1L));
            assertThat("the value of the empty key", store.get(Slice.EMPTY), is(Optional.of(Slice.EMPTY)));
        }
    }

    /** A store with ranges up to m and from m on, and entries k, l (5 bytes each), m, n (7 bytes each). */
    private HybridStore openTwo() {
        try (HybridStore store = rounds.open(rounds.options())) {
            store.put(utf8("k"), utf8("12345"));
            store.put(utf8("l"), utf8("12345"));
            store.put(utf8("m"), utf8("1234567"));
            store.put(utf8("n"), utf8("1234567"));
            HybridRounds.moveNow(store, HybridRounds.range("m", null));
        }
        return rounds.open(rounds.options());
    }

    private static void assertScans(RangeStatistics load, double scans, double entries, double bytes) {
        assertCount("scans of " + load.range(), load.scans(), scans);
        assertCount("scanned entries of " + load.range(), load.scannedEntries(), entries);
        assertCount("bytes read in " + load.range(), load.bytesRead(), bytes);
    }

    @Test
    @DisplayName("a scan through two ranges is a scan of each, with the entries and the bytes that are there")
    void scan() {
        try (HybridStore store = openTwo()) {
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seek(utf8("k"));
                cursor.next();
                cursor.next();
                assertScans(store.load().get(0), 1, 2, 10); // told when the scan leaves the range
                cursor.next();
                cursor.next();
                assertThat("at the end", cursor.isValid(), is(false));
                assertScans(store.load().get(1), 0, 0, 0); // and not before
            }
            assertScans(store.load().get(0), 1, 2, 10);
            assertScans(store.load().get(1), 1, 2, 14);
        }
    }

    @Test
    @DisplayName("each seek begins a scan, in either direction; one that finds nothing counts nothing")
    void seeks() {
        try (HybridStore store = openTwo()) {
            Cursor cursor = store.cursor(KeyRange.all());
            cursor.seek(utf8("z"));
            cursor.seekToLast(); // n
            cursor.prev(); // m
            cursor.prev(); // l
            cursor.seekToFirst(); // k
            cursor.seekBefore(utf8("l")); // k
            cursor.seek(utf8("n")); // n
            cursor.seek(utf8("z"));
            cursor.close();
            cursor.close();
            assertScans(store.load().get(0), 3, 3, 15);
            assertScans(store.load().get(1), 2, 3, 21);
        }
    }

    @Test
    @DisplayName("a range of the tracker that a scan comes back to is scanned once more")
    void back() {
        try (HybridStore store = openTwo()) {
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seek(utf8("l"));
                cursor.next(); // m
                cursor.prev(); // l
            }
            assertScans(store.load().get(0), 2, 2, 10);
            assertScans(store.load().get(1), 1, 1, 7);
        }
    }

    @Test
    @DisplayName("reads of a snapshot and of a transaction, and what a transaction writes, count as those of the store")
    void snapshotsAndTransactions() {
        try (HybridStore store = openTwo()) {
            try (EngineSnapshot snapshot = store.snapshot();
                    Cursor cursor = snapshot.cursor(KeyRange.all())) {
                assertThat(snapshot.get(utf8("k")), is(Optional.of(utf8("12345"))));
                cursor.seekToFirst();
            }
            try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
                assertThat(transaction.get(utf8("m")), is(Optional.of(utf8("1234567"))));
                transaction.put(utf8("o"), utf8("123"));
                transaction.delete(utf8("n"));
                transaction.commit();
            }
            assertCount("hits", store.load().get(0).hits(), 1);
            assertCount("scans", store.load().get(0).scans(), 1);
            assertCount("hits from m on", store.load().get(1).hits(), 1);
            assertCount("puts from m on", store.load().get(1).puts(), 1);
            assertCount("deletes from m on", store.load().get(1).deletes(), 1);
        }
    }

    /** What asks a store for a key. */
    private interface Request {
        void ask(HybridStore store, Slice key);
    }

    /** The locality that the costs are asked about when a tenth of the keys has got all requests. */
    private Locality localityOf(Request request) {
        List<Locality> seen = new ArrayList<>();
        HybridOptions watching = rounds.options().withCosts((load, seconds, data) -> {
            seen.add(data.locality());
            return new EngineCosts(1, 1);
        });
        Random random = new Random(7);
        try (HybridStore store = rounds.open(watching)) {
            store.bulkLoad(new ListCursor(IntStream.range(0, KEYS)
                    .mapToObj(i -> new Entry(number(i), utf8("x".repeat(50)), false))
                    .toList()));
            for (int i = 0; i < REQUESTS; i++) {
                request.ask(store, number(KEYS / 2 + random.nextInt(KEYS / 10)));
            }
            rounds.pass();
            store.runRound();
        }
        return seen.get(seen.size() - 1);
    }

    private static Slice number(int number) {
        return utf8("%06d".formatted(number));
    }

    private static void assertHot(String what, Locality locality) {
        assertThat("the share of the keys that have most of the " + what, locality.keyShare(), is(lessThan(0.4)));
    }

    @Test
    @DisplayName("the keys of gets are in the sample that says which part of the keys is hot")
    void sampleOfGets() {
        assertHot("gets", localityOf((store, key) -> store.get(key)));
    }

    @Test
    @DisplayName("the keys of puts are in the sample, too")
    void sampleOfPuts() {
        assertHot("puts", localityOf((store, key) -> store.put(key, utf8("x".repeat(50)))));
    }

    @Test
    @DisplayName("the first keys of scans are in the sample, too")
    void sampleOfScans() {
        assertHot("scans", localityOf((store, key) -> {
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seek(key);
            }
        }));
    }
}
