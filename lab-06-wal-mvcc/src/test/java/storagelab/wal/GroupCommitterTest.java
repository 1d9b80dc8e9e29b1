package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.wal.History;

@Tag("6.3")
class GroupCommitterTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final WriteAheadLog log =
            WriteAheadLog.create(disk.root(), 0, WalOptions.defaults().withAccess(SegmentAccess.CHANNEL), stats);
    private final List<String> published = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        log.close();
    }

    private GroupCommitter committer(SyncPolicy policy) {
        return new GroupCommitter(
                log,
                new LogSyncer(log, policy),
                (sequence, batch) ->
                        published.add(sequence + ":" + batch.operations().get(0).key()),
                stats);
    }

    private static WriteBatch put(String key) {
        return new WriteBatch().put(Slice.utf8(key), Slice.utf8("1"));
    }

    @Test
    @DisplayName("a commit is in the log and visible when it returns, and says its last sequence")
    void one() {
        GroupCommitter committer = committer(SyncPolicy.none());

        assertThat(committer.commit(put("a"), Durability.BUFFERED), is(1L));
        assertThat(committer.commit(put("b").put(Slice.utf8("c"), Slice.EMPTY), Durability.BUFFERED), is(3L));
        assertThat(committer.commit(new WriteBatch(), Durability.BUFFERED), is(3L));

        assertThat(published, contains("1:a", "2:b"));
        assertThat(History.read(disk.root(), 0).size(), is(2));
        assertThat(stats.get(WalMetrics.SYNCS), is(0L));
    }

    @Test
    @DisplayName(
            "commits that come while a sync runs are the next group, share the next sync, and are visible in order")
    void sharesSyncs() throws InterruptedException {
        GroupCommitter committer = committer(SyncPolicy.group());
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("first", () -> committer.commit(put("first"), Durability.BUFFERED));
            Eventually.holds("waiting syncs: 1", () -> sync.waiting() == 1);
            AtomicInteger number = new AtomicInteger();
            crew.start(7, "next", () -> committer.commit(put("next " + number.getAndIncrement()), Durability.BUFFERED));

            Eventually.holds("commits that wait: 7", () -> committer.waiting() == 7);
            assertThat("visible before a sync has ended", published, is(empty()));
            sync.close();
            crew.join();
        }

        assertThat("commits", stats.get(WalMetrics.COMMITS), is(8L));
        assertThat("groups", stats.get(WalMetrics.GROUPS), is(2L));
        assertThat("syncs for eight commits", stats.get(WalMetrics.SYNCS), is(2L));
        List<String> inTheLog = new ArrayList<>();
        for (BatchRecord record : History.read(disk.root(), 0)) {
            long sequence = record.sequence();
            for (WriteBatch.Operation operation : record.batch().operations()) {
                inTheLog.add(sequence++ + ":" + operation.key());
            }
        }
        assertThat(published, is(inTheLog));
        assertThat(published.get(0), is("1:first"));
    }

    @Test
    @DisplayName("a commit that waits for no sync is visible only after those before it that do")
    void visibleInOrder() throws InterruptedException {
        GroupCommitter committer = committer(SyncPolicy.none());
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("synced", () -> committer.commit(put("synced"), Durability.SYNCED));
            Eventually.holds("waiting syncs: 1", () -> sync.waiting() == 1);
            crew.start("buffered", () -> committer.commit(put("buffered"), Durability.BUFFERED));
            Eventually.holds("commits that wait: 1", () -> committer.waiting() == 1);
            assertThat(published, is(empty()));
            sync.close();
            crew.join();
        }

        assertThat(published, contains("1:synced", "2:buffered"));
    }

    @Test
    @DisplayName("while a group that was not synced is published, the next one is appended")
    void appendsWhilePublishing() throws InterruptedException {
        CountDownLatch publish = new CountDownLatch(1);
        GroupCommitter committer = new GroupCommitter(
                log,
                new LogSyncer(log, SyncPolicy.none()),
                (sequence, batch) -> {
                    Uninterruptibles.awaitUninterruptibly(publish);
                    published.add("" + sequence);
                },
                stats);
        try (Crew crew = new Crew()) {
            crew.start("first", () -> committer.commit(put("first"), Durability.BUFFERED));
            Eventually.holds("operations in the log: 1", () -> log.lastSequence() == 1);
            crew.start("second", () -> committer.commit(put("second"), Durability.BUFFERED));
            Eventually.holds("operations in the log: 2", () -> log.lastSequence() == 2);
            assertThat(published, is(empty()));
            publish.countDown();
            crew.join();
        }

        assertThat(published, contains("1", "2"));
    }

    @Test
    @DisplayName("every commit has a sync of its own where the policy says so")
    void everyCommit() throws InterruptedException {
        GroupCommitter committer = committer(SyncPolicy.everyCommit());
        try (Crew crew = new Crew()) {
            crew.start(4, "writer", () -> {
                for (int i = 0; i < 25; i++) {
                    committer.commit(put("key " + i), Durability.BUFFERED);
                }
            });
            crew.join();
        }

        assertThat(stats.get(WalMetrics.SYNCS), is(100L));
        assertThat(stats.get(WalMetrics.GROUPS), is(100L));
    }

    @Test
    @DisplayName(
            "with many writers, groups have several commits, and everything is published once, in the order of the log")
    void manyWriters() throws InterruptedException {
        List<Long> sequences = new ArrayList<>(); // one thread at a time publishes
        AtomicInteger publishing = new AtomicInteger();
        GroupCommitter committer = new GroupCommitter(
                log,
                new LogSyncer(log, SyncPolicy.group()),
                (sequence, batch) -> {
                    assertThat("threads that publish", publishing.incrementAndGet(), is(1));
                    sequences.add(sequence);
                    publishing.decrementAndGet();
                },
                stats);
        Crew.Task writer = () -> {
            long before = 0;
            for (int i = 0; i < 200; i++) {
                long last = committer.commit(put("key " + i), i % 3 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                assertThat(last, is(greaterThan(before)));
                before = last;
            }
        };
        try (Crew crew = new Crew();
                Hold append = disk.faults().hold(DiskCall.WRITE, ".wal")) {
            crew.start("first writer", writer);
            Eventually.holds("waiting appends: 1", () -> append.waiting() == 1); // a group of one commit
            crew.start(7, "writer", writer);
            Eventually.holds("commits that wait: 7", () -> committer.waiting() == 7);
            append.close();
            crew.join();
        }

        assertThat(sequences.size(), is(1_600));
        for (int i = 0; i < sequences.size(); i++) {
            assertThat(sequences.get(i), is(i + 1L));
        }
        assertThat("groups of 1,600 commits", stats.get(WalMetrics.GROUPS), is(lessThan(1_600L)));
    }

    @Test
    @DisplayName("when a sync fails, its commits throw and are not visible, and no commit is taken any more")
    void failedSync() {
        GroupCommitter committer = committer(SyncPolicy.group());
        committer.commit(put("before"), Durability.BUFFERED);
        disk.faults().failOnce(DiskCall.SYNC, 1);

        assertThrows(StorageIoException.class, () -> committer.commit(put("failed"), Durability.BUFFERED));
        assertThrows(StoreFailedException.class, () -> committer.commit(put("after"), Durability.BUFFERED));

        assertThat(published, contains("1:before"));
        assertThat(committer.hasFailed(), is(true));
    }

    @Test
    @DisplayName("when the engine fails, what comes after it in the log is not published")
    void failedEngine() {
        IllegalStateException failure = new IllegalStateException("the engine is full");
        GroupCommitter committer = new GroupCommitter(
                log,
                new LogSyncer(log, SyncPolicy.none()),
                (sequence, batch) -> {
                    if (sequence == 2) {
                        throw failure;
                    }
                    published.add("" + sequence);
                },
                stats);
        committer.commit(put("a"), Durability.BUFFERED);

        assertThat(
                assertThrows(IllegalStateException.class, () -> committer.commit(put("b"), Durability.BUFFERED)),
                is(sameInstance(failure)));
        StoreFailedException refused =
                assertThrows(StoreFailedException.class, () -> committer.commit(put("c"), Durability.BUFFERED));

        assertThat(refused.getCause(), is(sameInstance(failure)));
        assertThat(published, contains("1"));
    }

    @Test
    @DisplayName("an Error is thrown by the commit that led the group, and the others say which it was")
    void errors() throws InterruptedException {
        AssertionError error = new AssertionError("a broken invariant");
        GroupCommitter committer = new GroupCommitter(
                log,
                new LogSyncer(log, SyncPolicy.group()),
                (sequence, batch) -> {
                    if (sequence > 1) {
                        throw error;
                    }
                },
                stats);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("first", () -> committer.commit(put("first"), Durability.BUFFERED));
            Eventually.holds("waiting syncs: 1", () -> sync.waiting() == 1);
            crew.start(6, "next", () -> {
                try {
                    committer.commit(put("next"), Durability.BUFFERED);
                } catch (RuntimeException | AssertionError e) {
                    thrown.add(e);
                }
            });
            Eventually.holds("commits that wait: 6", () -> committer.waiting() == 6);
            sync.close();
            crew.join();
        }

        assertThat(thrown.size(), is(6));
        assertThat(thrown.stream().filter(error::equals).count(), is(1L));
        assertThat(
                thrown.stream()
                        .filter(e -> e != error)
                        .allMatch(e -> e instanceof IllegalStateException && e.getCause() == error),
                is(true));
    }

    @Test
    @DisplayName("a small commit does not wait in a group with a large one, nor a group grow without limit")
    void groupsAreLimited() throws InterruptedException {
        GroupCommitter committer = committer(SyncPolicy.group());
        Slice large = Slice.wrap(new byte[200 << 10]);
        try (Crew crew = new Crew();
                Hold append = disk.faults().hold(DiskCall.WRITE, ".wal")) {
            crew.start("first", () -> committer.commit(put("first"), Durability.BUFFERED));
            Eventually.holds("waiting writes: 1", () -> append.waiting() == 1);
            crew.start(
                    3,
                    "large",
                    () -> committer.commit(new WriteBatch().put(Slice.utf8("large"), large), Durability.BUFFERED));
            crew.start(3, "small", () -> committer.commit(put("small"), Durability.BUFFERED));
            Eventually.holds("commits that wait: 6", () -> committer.waiting() == 6);
            append.close();
            crew.join();
        }

        for (BatchRecord record : History.read(disk.root(), 0)) {
            Slice firstKey = record.batch().operations().get(0).key();
            boolean hasLarge = record.batch().operations().stream()
                    .anyMatch(operation -> operation.key().equals(Slice.utf8("large")));
            assertThat(
                    "a group of " + firstKey + " has a large commit",
                    hasLarge,
                    is(firstKey.equals(Slice.utf8("large"))));
        }
    }

    @Test
    @DisplayName("stop waits for the commits that have begun, and refuses others")
    void stops() throws InterruptedException {
        GroupCommitter committer = committer(SyncPolicy.group());
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("writer", () -> committer.commit(put("begun"), Durability.BUFFERED));
            Eventually.holds("waiting syncs: 1", () -> sync.waiting() == 1);
            crew.start("stopper", () -> {
                committer.stop();
                assertThat("visible when stop returns", published, contains("1:begun"));
            });
            sync.close();
            crew.join();
        }

        assertThrows(StoreClosedException.class, () -> committer.commit(put("late"), Durability.BUFFERED));
    }
}
