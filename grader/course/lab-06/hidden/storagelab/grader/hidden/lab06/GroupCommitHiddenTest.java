package storagelab.grader.hidden.lab06;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Step;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalMetrics;

/** Exercise 6.3: which commits are a group, what is synced when, and what is visible. */
@Tag("6.3")
class GroupCommitHiddenTest {
    private static final int KIB = 1 << 10;

    @Test
    @DisplayName(
            "a commit returns its last sequence, is in the log and published; one without operations returns the one before")
    void alone() {
        try (Commits commits = new Commits(SyncPolicy.none())) {
            long syncs = commits.disk.counters().syncs();
            Step.at("the first commit");
            assertEquals(1, commits.committer.commit(Commits.put("a", 3), Durability.BUFFERED), "sequence of a");
            WriteBatch three = Commits.put("b", 3).delete(Slice.utf8("c")).put(Slice.utf8("d"), Slice.EMPTY);
            assertEquals(4, commits.committer.commit(three, Durability.BUFFERED), "last sequence of b, c and d");
            assertEquals(
                    4, commits.committer.commit(new WriteBatch(), Durability.BUFFERED), "sequence of an empty commit");
            assertEquals(5, commits.committer.commit(Commits.put("e", 3), Durability.BUFFERED), "sequence of e");

            assertEquals(List.of("1:a", "2:b", "5:e"), commits.published, "what was published");
            assertEquals(List.of("a", "bcd", "e"), commits.records(), "records of the log");
            assertEquals(0, commits.disk.counters().syncs() - syncs, "syncs of BUFFERED commits at level NONE");
            assertEquals(4, commits.stats.get(WalMetrics.COMMITS), "commits that were counted");
            assertEquals(4, commits.stats.get(WalMetrics.GROUPS), "groups that were counted");
            assertEquals(5, commits.committer.commit(new WriteBatch(), Durability.SYNCED), "sequence of an empty one");
            assertEquals(commits.log.end(), commits.log.durable(), "durable place after an empty SYNCED commit");
        }
    }

    @Test
    @DisplayName("the more commits come while a sync runs, the more share the next: two syncs, however many")
    void growsWithWriters() throws InterruptedException {
        for (int writers : new int[] {1, 3, 8, 20}) {
            try (Commits commits = new Commits(SyncPolicy.group())) {
                try (Crew crew = new Crew();
                        Hold sync = commits.disk.faults().hold(DiskCall.SYNC, ".wal")) {
                    crew.start("first", () -> commits.commit("first", 9, Durability.BUFFERED, last -> {}));
                    Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
                    for (int i = 0; i < writers; i++) {
                        commits.queue(crew, "w" + i, 9, Durability.BUFFERED);
                    }
                    assertEquals(List.of(), commits.published, "what is visible before a sync has ended");
                    assertTrue(commits.outcomes.isEmpty(), "a commit has returned before a sync has ended");
                    sync.close();
                    crew.join();
                }
                assertEquals(2, commits.stats.get(WalMetrics.SYNCS), "syncs for 1 + " + writers + " commits");
                assertEquals(2, commits.records().size(), "records of 1 + " + writers + " commits");
                assertEquals(writers + 1, commits.published.size(), "commits that were published");
            }
        }
    }

    @Test
    @DisplayName(
            "while a group that was not synced is published, others are appended; all are published in their order")
    void visibleInOrder() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        try (Commits commits = new Commits(SyncPolicy.none(), Commits.firstWaitsFor(open))) {
            try (Crew crew = new Crew()) {
                List<Thread> threads = new ArrayList<>();
                for (String name : List.of("a", "b", "c")) {
                    threads.add(commits.append(crew, name, Durability.BUFFERED));
                }
                threads.add(commits.append(crew, "d", Durability.SYNCED));
                threads.forEach(Eventually::waits);
                assertEquals(List.of(), commits.published, "what is visible while the first commit is published");
                assertEquals(commits.log.end(), commits.log.durable(), "durable place when d waits for its turn");
                open.countDown();
                crew.join();
            }
            assertEquals(List.of("1:a", "2:b", "3:c", "4:d"), commits.published, "what was published, in order");
            assertEquals(List.of("a", "b", "c", "d"), commits.records(), "records of the log");
        }
    }

    @Test
    @DisplayName("a group whose leader sleeps is published by the thread that has published the group before it")
    void sleepersArePublishedFor() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        List<String> publishers = Collections.synchronizedList(new ArrayList<>());
        try (Commits commits = new Commits(SyncPolicy.none(), (sequence, batch) -> {
            publishers.add(sequence + " by " + Thread.currentThread().getName());
            Commits.firstWaitsFor(open).publish(sequence, batch);
        })) {
            List<Thread> threads = new ArrayList<>();
            try (Crew crew = new Crew()) {
                for (String name : List.of("a", "b", "c")) {
                    threads.add(commits.append(crew, name, Durability.BUFFERED));
                }
                threads.forEach(Eventually::waits);
                open.countDown();
                crew.join();
            }
            String first = threads.get(0).getName();
            assertEquals(
                    List.of("1 by " + first, "2 by " + first, "3 by " + first),
                    publishers,
                    "threads that published the groups of a, b and c, where the leaders of b and c slept");
        }
    }

    @Test
    @DisplayName("a thread publishes no group for others that came to the log after its own was published")
    void worksForOthersOnce() throws InterruptedException {
        List<CountDownLatch> open = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(0));
        List<Thread> publishers = Collections.synchronizedList(new ArrayList<>());
        try (Commits commits = new Commits(SyncPolicy.none(), (sequence, batch) -> {
            publishers.add(Thread.currentThread());
            Uninterruptibles.awaitUninterruptibly(open.get((int) sequence - 1));
        })) {
            try (Crew crew = new Crew()) {
                Thread a = commits.append(crew, "a", Durability.BUFFERED);
                Thread b = commits.append(crew, "b", Durability.BUFFERED);
                open.get(0).countDown();
                Eventually.holds("b is being published", () -> publishers.size() == 2);
                Thread c = commits.append(crew, "c", Durability.BUFFERED);
                open.get(1).countDown();
                crew.join();
                assertEquals(List.of("1:a", "2:b", "3:c"), commits.published, "what was published, in order");
                assertEquals(
                        c,
                        publishers.get(2),
                        "the thread that published c, which came while a, on " + a.getName() + ", published b, of "
                                + b.getName());
            }
        }
    }

    @Test
    @DisplayName("while a group that was synced is published, the next one waits, and gathers")
    void gathersWhileASyncedGroupIsPublished() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        try (Commits commits = new Commits(SyncPolicy.none(), Commits.firstWaitsFor(open))) {
            try (Crew crew = new Crew()) {
                Thread first = commits.append(crew, "a", Durability.SYNCED);
                for (String name : List.of("b", "c", "d")) {
                    commits.queue(crew, name, 9, Durability.SYNCED);
                }
                Eventually.waits(first);
                assertEquals(1, commits.log.lastSequence(), "last sequence in the log while a is published");
                open.countDown();
                crew.join();
            }
            assertEquals(List.of("a", "bcd"), commits.records(), "records of a, then of b, c and d");
            assertEquals(2, commits.stats.get(WalMetrics.SYNCS), "syncs of four SYNCED commits");
        }
    }

    @Test
    @DisplayName("a SYNCED commit in the group of a BUFFERED leader is synced, and the group with it")
    void syncedFollower() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.none())) {
            String records = recordsOf(commits, "abC", 10, 10, 10);
            assertEquals("- abC", records, "records of -, and of a, b (BUFFERED) and C (SYNCED) after it");
            assertEquals(commits.log.end(), commits.log.durable(), "durable place when a SYNCED commit has returned");
        }
    }

    /** Records of commits that come while another one is appended; capitals are SYNCED. */
    private static String recordsOf(Commits commits, String names, int... bytes) throws InterruptedException {
        try (Crew crew = new Crew();
                Hold append = commits.disk.faults().hold(DiskCall.WRITE, ".wal")) {
            crew.start("-", () -> commits.commit("-", 1, Durability.BUFFERED, last -> {}));
            Eventually.holds("an append is under way", () -> append.waiting() == 1);
            for (int i = 0; i < bytes.length; i++) {
                String name = names.substring(i, i + 1);
                Durability durability = Character.isUpperCase(name.charAt(0)) ? Durability.SYNCED : Durability.BUFFERED;
                commits.queue(crew, name, bytes[i], durability);
            }
            append.close();
            crew.join();
        }
        return String.join(" ", commits.records());
    }

    @Test
    @DisplayName("commits that come during an append are the next group, in the order in which they came")
    void gathers() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.group())) {
            assertEquals("- ecdab", recordsOf(commits, "ecdab", 5, 4, 3, 2, 1), "records of -, then e, c, d, a, b");
            assertEquals(
                    List.of("1:-", "2:e", "3:c", "4:d", "5:a", "6:b"),
                    commits.published,
                    "what was published, in order");
            assertEquals(2, commits.stats.get(WalMetrics.GROUPS), "groups that were counted");
            assertEquals(6, commits.stats.get(WalMetrics.COMMITS), "commits that were counted");
            for (int i = 0; i < 5; i++) {
                String name = "ecdab".substring(i, i + 1);
                assertEquals((Object) (i + 2L), commits.outcomes.get(name), "the sequence that " + name + " returned");
            }
        }
    }

    @Test
    @DisplayName("a group of a small leader has 128 KiB more than it, any other 1 MiB; a larger commit goes alone")
    void sizes() throws InterruptedException {
        assertSizes("- abc d", "abcd", 100 * KIB, 100 * KIB, 28 * KIB, 1);
        assertSizes("- ab c", "abc", 128 * KIB, 128 * KIB, 1);
        assertSizes("- ab c", "abc", 128 * KIB + 1, 896 * KIB - 1, 1);
        assertSizes("- a bc", "abc", 2048 * KIB, 1, 1);
        assertSizes("- a bc", "abc", 10, 200 * KIB, 1);
    }

    private static void assertSizes(String expected, String names, int... bytes) throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.none())) {
            assertEquals(
                    expected,
                    recordsOf(commits, names, bytes),
                    "records of commits of " + java.util.Arrays.toString(bytes) + " bytes");
        }
    }

    @Test
    @DisplayName("at EVERY_COMMIT each commit is a group, and is synced before the next is appended")
    void everyCommit() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.everyCommit())) {
            assertEquals("- a b C d", recordsOf(commits, "abCd", 1, 1, 1, 1), "records at EVERY_COMMIT");
            assertEquals(5, commits.stats.get(WalMetrics.SYNCS), "syncs for five commits at EVERY_COMMIT");
        }
        try (Commits commits = new Commits(SyncPolicy.everyCommit());
                Crew crew = new Crew();
                Hold sync = commits.disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("first", () -> commits.commit("first", 9, Durability.BUFFERED, last -> {}));
            Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
            commits.queue(crew, "second", 9, Durability.BUFFERED);
            assertEquals(1, commits.log.lastSequence(), "last sequence in the log while the first commit is synced");
            sync.close();
            crew.join();
        }
    }

    @Test
    @DisplayName("waiting counts the commits that are not appended, and not those of the group that is")
    void waiting() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.none());
                Crew crew = new Crew();
                Hold append = commits.disk.faults().hold(DiskCall.WRITE, ".wal")) {
            assertEquals(0, commits.committer.waiting(), "commits that wait, of none");
            crew.start("first", () -> commits.commit("first", 9, Durability.BUFFERED, last -> {}));
            Eventually.holds("an append is under way", () -> append.waiting() == 1);
            assertEquals(0, commits.committer.waiting(), "commits that wait, where one is being appended");
            commits.queue(crew, "second", 9, Durability.BUFFERED);
            assertEquals(1, commits.committer.waiting(), "commits that wait behind it");
            append.close();
            crew.join();
            assertEquals(0, commits.committer.waiting(), "commits that wait, when all have returned");
        }
    }

    @Test
    @DisplayName("an interrupt ends no waiting, and is not lost")
    void interrupts() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        try (Commits commits = new Commits(SyncPolicy.none(), Commits.firstWaitsFor(open))) {
            List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
            try (Crew crew = new Crew()) {
                commits.append(crew, "first", Durability.BUFFERED);
                List<Thread> waiting = new ArrayList<>();
                waiting.add(interruptible(crew, commits, "a", interrupted)); // for its turn to be published
                Eventually.holds("a is appended", () -> commits.log.lastSequence() == 2);
                try (Hold append = commits.disk.faults().hold(DiskCall.WRITE, ".wal")) {
                    Thread unused = interruptible(crew, commits, "b", interrupted);
                    Eventually.holds("an append is under way", () -> append.waiting() == 1);
                    for (String name : List.of("c", "d")) { // for their turn to be appended, or for their leader
                        waiting.add(interruptible(crew, commits, name, interrupted));
                    }
                    waiting.forEach(Eventually::waits);
                    waiting.forEach(Thread::interrupt);
                    waiting.forEach(Eventually::waits);
                }
                Eventually.holds("all are appended", () -> commits.log.lastSequence() == 5);
                assertEquals(List.of(), commits.published, "what is visible while the first commit is published");
                open.countDown();
                crew.join();
            }
            assertEquals(4, interrupted.size(), "commits that returned");
            assertEquals(
                    3L,
                    interrupted.stream().filter(is -> is).count(),
                    "threads that are interrupted when they return, of three that were");
            commits.outcomes.forEach((name, outcome) ->
                    assertTrue(outcome instanceof Long, name + " was interrupted, and threw " + outcome));
            assertEquals(5, commits.published.size(), "commits that were published");
        }
    }

    private static Thread interruptible(Crew crew, Commits commits, String name, List<Boolean> interrupted) {
        return crew.start(name, () -> {
            commits.commit(name, 9, Durability.BUFFERED, last -> {});
            interrupted.add(Thread.currentThread().isInterrupted());
        });
    }

    @Test
    @DisplayName("of many threads everything is published once, by one thread at a time, in the order of the log")
    void stress() throws InterruptedException {
        AtomicInteger publishing = new AtomicInteger();
        List<Long> sequences = new ArrayList<>(); // one thread at a time publishes
        try (Commits commits = new Commits(SyncPolicy.none(), (sequence, batch) -> {
            assertEquals(1, publishing.incrementAndGet(), "threads that publish at one time");
            for (int i = 0; i < batch.operations().size(); i++) {
                sequences.add(sequence + i);
            }
            Thread.yield(); // another thread that may publish now has time to do so
            publishing.decrementAndGet();
        })) {
            try (Crew crew = new Crew()) {
                for (int thread = 0; thread < 6; thread++) {
                    String name = "t" + thread + ".";
                    crew.start(name, () -> {
                        long before = 0;
                        for (int i = 0; i < 150; i++) {
                            long last = commits.committer.commit(
                                    Commits.put(name + i, 20).delete(Slice.utf8("x")),
                                    i % 3 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                            assertTrue(last > before, "a later commit of a thread has sequence " + last);
                            before = last;
                        }
                    });
                }
                crew.join();
            }
            List<Long> expected = new ArrayList<>();
            for (long sequence = 1; sequence <= 1_800; sequence++) {
                expected.add(sequence);
            }
            assertEquals(expected, sequences, "sequences in the order in which they were published");
            List<String> inTheLog = new ArrayList<>();
            commits.records().forEach(record -> inTheLog.addAll(List.of(record.split("x", -1))));
            inTheLog.removeIf(String::isEmpty);
            List<String> published = commits.published.stream()
                    .map(name -> name.substring(name.indexOf(':') + 1))
                    .toList();
            assertEquals(inTheLog, published, "commits in the order of the log, and as they were published");
        }
    }
}
