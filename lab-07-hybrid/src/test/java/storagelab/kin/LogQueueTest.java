package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.kin.LogQueue.Message;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

class LogQueueTest {
    private static final String TOPIC = "orders";
    private static final String GROUP = "bills";
    private static final Slice DONE = Slice.utf8("u done");

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    private static List<Slice> messages(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Slice.utf8("message " + i))
                .toList();
    }

    /** Counts a message, in the store: the work of a consumer. */
    private static void count(Transaction transaction, Message message) {
        assertThat(message.body(), is(Slice.utf8("message " + message.offset())));
        int before = transaction
                .get(DONE)
                .map(bytes -> Integer.parseInt(bytes.toUtf8()))
                .orElse(0);
        transaction.put(DONE, Slice.utf8(Integer.toString(before + 1)));
        Slice own = Slice.utf8("u" + message.offset());
        assertThat("message " + message.offset() + " comes twice", transaction.get(own), is(Optional.empty()));
        transaction.put(own, Slice.EMPTY);
    }

    private static int counted(CrashSafeStore store) {
        return store.get(DONE).map(bytes -> Integer.parseInt(bytes.toUtf8())).orElse(0);
    }

    @Test
    @DisplayName("the example of the page: the entries of a topic, two groups, and what is trimmed")
    void example() {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            LogQueue queue = new LogQueue(store);
            assertThat(queue.append("t", messages(0, 3), Durability.BUFFERED), is(0L));
            assertThat(queue.append("t2", messages(0, 1), Durability.BUFFERED), is(0L));
            assertThat(
                    store.get(Slice.copyOf(new byte[] {'m', 't', 0, 0, (byte) 0x80, 0, 0, 0, 0, 0, 0, 2})),
                    is(Optional.of(Slice.utf8("message 2"))));
            assertThat(
                    "the next offset",
                    store.get(Slice.copyOf(new byte[] {'e', 't', 0, 0})),
                    is(Optional.of(Slice.copyOf((byte) 3))));
            assertThat(queue.trim("t", Durability.BUFFERED), is(0));
            assertThat(queue.subscribe("t", "a", Durability.BUFFERED), is(0L));
            assertThat(queue.subscribe("t", "b", Durability.BUFFERED), is(0L));
            assertThat(queue.consume("t", "a", 2, (transaction, message) -> {}, Durability.BUFFERED), is(2));
            assertThat("b has read nothing", queue.trim("t", Durability.BUFFERED), is(0));
            assertThat(queue.consume("t", "b", 9, (transaction, message) -> {}, Durability.BUFFERED), is(3));
            assertThat("a has read two", queue.trim("t", Durability.BUFFERED), is(2));
            assertThat(queue.lag("t", "a"), is(1L));
            assertThat(queue.read("t", 0, 9), is(List.of(new Message(2, Slice.utf8("message 2")))));
            assertThat(queue.consume("t", "a", 2, (transaction, message) -> {}, Durability.BUFFERED), is(1));
            assertThat(queue.consume("t", "a", 2, (transaction, message) -> {}, Durability.BUFFERED), is(0));
            assertThat(queue.subscribe("t", "a", Durability.BUFFERED), is(3L));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> queue.consume("t", "c", 1, (transaction, message) -> {}, Durability.BUFFERED));
        }
    }

    @Test
    @DisplayName("when all messages have been trimmed, the next one gets the next offset, also after a restart")
    void offsetsAreNotGivenTwice() {
        Path directory = newDirectory();
        try (CrashSafeStore store = KinStores.btree(directory)) {
            LogQueue queue = new LogQueue(store);
            queue.append(TOPIC, messages(0, 5), Durability.BUFFERED);
            assertThat(queue.subscribe(TOPIC, GROUP, Durability.BUFFERED), is(0L));
            assertThat(queue.consume(TOPIC, GROUP, 5, LogQueueTest::count, Durability.BUFFERED), is(5));
            assertThat(queue.trim(TOPIC, Durability.BUFFERED), is(5));
        }
        try (CrashSafeStore store = KinStores.btree(directory)) {
            LogQueue queue = new LogQueue(store);
            assertThat(queue.read(TOPIC, 0, 9), is(empty()));
            assertThat("a group that comes now", queue.subscribe(TOPIC, "new", Durability.BUFFERED), is(5L));
            assertThat(queue.append(TOPIC, messages(5, 6), Durability.BUFFERED), is(5L));
            assertThat(queue.consume(TOPIC, GROUP, 5, LogQueueTest::count, Durability.BUFFERED), is(1));
            assertThat(counted(store), is(6));
        }
    }

    @Test
    @DisplayName("a handler that throws has changed nothing, and the message comes again")
    void handlerThrows() {
        try (CrashSafeStore store = KinStores.lsm(newDirectory())) {
            LogQueue queue = new LogQueue(store);
            queue.append(TOPIC, messages(0, 2), Durability.BUFFERED);
            assertThat(queue.subscribe(TOPIC, GROUP, Durability.BUFFERED), is(0L));
            assertThrows(
                    IllegalStateException.class,
                    () -> queue.consume(
                            TOPIC,
                            GROUP,
                            2,
                            (transaction, message) -> {
                                count(transaction, message);
                                if (message.offset() == 1) {
                                    throw new IllegalStateException("no paper");
                                }
                            },
                            Durability.BUFFERED));
            assertThat(counted(store), is(0));
            assertThat(queue.consume(TOPIC, GROUP, 2, LogQueueTest::count, Durability.BUFFERED), is(2));
        }
    }

    @Test
    @DisplayName("with two producers, two consumers of a group and a thread that trims, each message is counted once")
    void threads() throws Exception {
        try (CrashSafeStore store = KinStores.lsm(newDirectory())) {
            LogQueue queue = new LogQueue(store);
            int each = 30;
            assertThat(queue.subscribe(TOPIC, GROUP, Durability.BUFFERED), is(0L));
            AtomicInteger consumed = new AtomicInteger();
            try (Crew crew = new Crew()) {
                crew.start(2, "producer", () -> {
                    for (int i = 0; i < each; i++) {
                        queue.append(TOPIC, List.of(Slice.EMPTY), Durability.BUFFERED);
                    }
                });
                crew.start(2, "consumer", () -> {
                    while (consumed.get() < 2 * each) {
                        consumed.addAndGet(queue.consume(
                                TOPIC,
                                GROUP,
                                4,
                                (transaction, message) ->
                                        transaction.put(Slice.utf8("u" + message.offset()), Slice.EMPTY),
                                Durability.BUFFERED));
                        int unused = queue.trim(TOPIC, Durability.BUFFERED);
                    }
                });
                crew.join();
            }
            assertThat(consumed.get(), is(2 * each));
            assertThat(queue.end(TOPIC), is(2L * each));
            int written = 0;
            try (Cursor cursor = store.cursor(KeyRange.prefix(Slice.utf8("u")))) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    written++;
                }
            }
            assertThat("messages that were worked on", written, is(2 * each));
        }
    }

    @Test
    @DisplayName("whenever the power is cut, no acknowledged message is lost, and each is worked on once")
    void everyCrash() {
        Seeds.check(1, random -> {
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withStride(2),
                    LogQueueTest::produceAndConsume,
                    crash -> {
                        try (CrashSafeStore store = KinStores.btree(crash.root().resolve("store"))) {
                            crash.recovered();
                            LogQueue queue = new LogQueue(store);
                            long end = queue.end(TOPIC);
                            assertThat(
                                    "messages there",
                                    end,
                                    is(greaterThanOrEqualTo(
                                            3L * crash.acknowledged().size())));
                            assertThat("whole batches", end % 3, is(0L));
                            long position = queue.subscribe(TOPIC, GROUP, Durability.BUFFERED);
                            assertThat("worked on, by the offset", (long) counted(store), is(position));
                            assertThat(
                                    queue.consume(TOPIC, GROUP, 100, LogQueueTest::count, Durability.BUFFERED),
                                    is((int) (end - position)));
                            assertThat("worked on", (long) counted(store), is(end));
                        }
                    });
            assertThat("crashes tried", report.images(), is(greaterThan(50L)));
        });
    }

    private static void produceAndConsume(CrashDisk disk) {
        try (CrashSafeStore store = KinStores.btree(disk.root().resolve("store"))) {
            LogQueue queue = new LogQueue(store);
            assertThat(queue.subscribe(TOPIC, GROUP, Durability.BUFFERED), is(0L));
            for (int i = 0; i < 8; i++) {
                queue.append(TOPIC, messages(3 * i, 3 * i + 3), Durability.SYNCED);
                disk.ack(i);
                int unused = queue.consume(TOPIC, GROUP, 2, LogQueueTest::count, Durability.SYNCED);
                int unusedTrim = queue.trim(TOPIC, Durability.BUFFERED);
            }
        }
    }
}
