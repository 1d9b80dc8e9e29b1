package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Step;
import storagelab.wal.Committer;
import storagelab.wal.GroupCommitter;
import storagelab.wal.SyncPolicy;

/** Exercise 6.3: commits that are refused, commits that fail, and the end of a committer. */
@Tag("6.3")
class CommitFailureHiddenTest {
    private static final Committer.Admission REFUSED = last -> {
        throw new IllegalArgumentException("refused at " + last);
    };

    /** Runs {@code coming} while the append of a commit "-" is held. */
    private static void during(Commits commits, java.util.function.Consumer<Crew> coming) throws InterruptedException {
        try (Crew crew = new Crew();
                Hold append = commits.disk.faults().hold(DiskCall.WRITE, ".wal")) {
            crew.start("-", () -> commits.commit("-", 1, Durability.BUFFERED, last -> {}));
            Eventually.holds("an append is under way", () -> append.waiting() == 1);
            coming.accept(crew);
            append.close();
            crew.join();
        }
    }

    @Test
    @DisplayName("a commit that is refused throws what its admission threw, and concerns no other of its group")
    void refused() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.group())) {
            during(commits, crew -> {
                commits.queue(crew, "a", 5, Durability.BUFFERED);
                commits.queue(crew, "b", 5, Durability.BUFFERED, REFUSED);
                commits.queue(crew, "c", 5, Durability.BUFFERED);
                commits.queue(crew, "d", 5, Durability.BUFFERED, REFUSED);
            });
            assertEquals("- ac", String.join(" ", commits.records()), "records, where b and d were refused");
            assertEquals(List.of("1:-", "2:a", "3:c"), commits.published, "what was published");
            assertEquals((Object) 3L, commits.outcomes.get("c"), "the sequence that c returned");
            for (String name : List.of("b", "d")) {
                assertTrue(
                        commits.outcomes.get(name) instanceof IllegalArgumentException,
                        name + " was refused, and what came of it is " + commits.outcomes.get(name));
            }
            Step.at("a commit after others were refused");
            assertEquals(4, commits.committer.commit(Commits.put("e", 5), Durability.BUFFERED), "sequence of e");
            assertFalse(commits.committer.hasFailed(), "a refused commit is taken for a failure");
        }
    }

    @Test
    @DisplayName("a leader that is refused still leads its group; a group of which all are refused appends nothing")
    void refusedLeader() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.group())) {
            during(commits, crew -> {
                commits.queue(crew, "a", 5, Durability.BUFFERED, REFUSED);
                commits.queue(crew, "b", 5, Durability.BUFFERED);
            });
            assertEquals("- b", String.join(" ", commits.records()), "records, where the leader a was refused");
            assertEquals((Object) 2L, commits.outcomes.get("b"), "the sequence that b returned");
            TransactionConflictException conflict = new TransactionConflictException("k changed");
            TransactionConflictException thrown = assertThrows(
                    TransactionConflictException.class,
                    () -> commits.committer.commit(Commits.put("c", 5), Durability.SYNCED, last -> {
                        throw conflict;
                    }),
                    "a commit that is refused alone");
            assertTrue(thrown == conflict, "a refused commit throws something else than its admission did");
            assertEquals(2, commits.records().size(), "records after a group of which all were refused");
            assertEquals(List.of("1:-", "2:b"), commits.published, "what was published");
        }
    }

    @Test
    @DisplayName(
            "admissions are asked in the order of the log, by one thread at a time, with the last sequence the commit gets")
    void admissions() throws InterruptedException {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (Commits commits = new Commits(SyncPolicy.none())) {
            during(commits, crew -> {
                for (String name : List.of("a", "b", "c")) {
                    commits.queue(crew, name, 5, Durability.BUFFERED, last -> {
                        asked.add(name + last + "/" + commits.log.lastSequence());
                        if (name.equals("b")) {
                            throw new IllegalArgumentException("refused");
                        }
                    });
                }
                assertEquals(List.of(), asked, "admissions that were asked before it was their turn");
            });
            commits.committer.commit(
                    new WriteBatch(), Durability.BUFFERED, last -> asked.add("empty" + last + "/" + last));
        }
        assertEquals(
                List.of("a2/1", "b3/1", "c3/1", "empty3/3"),
                asked,
                "admissions: the commit, the sequence that it was told, and the last one in the log then");
    }

    @Test
    @DisplayName(
            "when an append fails, all of its group throw it, nothing is published, and no commit is taken any more")
    void failedAppend() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.none())) {
            during(commits, crew -> {
                commits.queue(crew, "a", 5, Durability.BUFFERED);
                commits.queue(crew, "b", 5, Durability.BUFFERED);
                commits.disk.faults().failOnce(DiskCall.WRITE, 2); // the one that is held is the first
            });
            assertEquals(List.of("1:-"), commits.published, "what was published");
            Object failure = commits.outcomes.get("a");
            assertTrue(
                    failure instanceof StorageIoException, "a failed to be written, and what came of it is " + failure);
            assertTrue(
                    failure == commits.outcomes.get("b"),
                    "b was in a's group, and came to " + commits.outcomes.get("b"));
            assertTrue(commits.committer.hasFailed(), "a commit has failed, and the committer does not know");
            StoreFailedException later = assertThrows(
                    StoreFailedException.class,
                    () -> commits.committer.commit(Commits.put("c", 5), Durability.BUFFERED),
                    "a commit after one that has failed");
            assertTrue(later.getCause() == failure, "a later commit does not say what has failed");
        }
    }

    @Test
    @DisplayName("when a sync fails, its group throws it, and commits that wait meanwhile are not published either")
    void failedSync() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.none())) {
            commits.committer.commit(Commits.put("before", 9), Durability.BUFFERED);
            try (Crew crew = new Crew();
                    Hold sync = commits.disk.faults().hold(DiskCall.SYNC, ".wal")) {
                crew.start("a", () -> commits.commit("a", 9, Durability.SYNCED, last -> {}));
                Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
                commits.queue(crew, "b", 9, Durability.BUFFERED);
                commits.disk.faults().failOnce(DiskCall.SYNC, 1); // the one that is held
                sync.close();
                crew.join();
            }
            assertTrue(
                    commits.outcomes.get("a") instanceof StorageIoException,
                    "a's sync has failed, and what came of a is " + commits.outcomes.get("a"));
            assertEquals(List.of("1:before"), commits.published, "what was published");
            assertTrue(
                    commits.outcomes.get("b") instanceof StoreFailedException,
                    "b came while the sync of a ran, which has failed, and what came of it is "
                            + commits.outcomes.get("b"));
        }
    }

    @Test
    @DisplayName("when the publisher fails, its group throws it, and nothing after it is published")
    void failedPublisher() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("the engine is full");
        CountDownLatch open = new CountDownLatch(1);
        GroupCommitter.Publisher first = Commits.firstWaitsFor(open);
        try (Commits commits = new Commits(SyncPolicy.none(), (sequence, batch) -> {
            first.publish(sequence, batch);
            if (sequence == 2) {
                throw failure;
            }
        })) {
            try (Crew crew = new Crew()) {
                for (String name : List.of("-", "a", "b", "c")) {
                    commits.append(crew, name, Durability.BUFFERED);
                }
                open.countDown();
                crew.join();
            }
            assertEquals(List.of("1:-"), commits.published, "what was published");
            assertTrue(commits.outcomes.get("a") == failure, "a came to " + commits.outcomes.get("a"));
            for (String name : List.of("b", "c")) {
                assertTrue(
                        commits.outcomes.get(name) instanceof StoreFailedException,
                        name + " is after a in the log, and what came of it is " + commits.outcomes.get(name));
            }
        }
    }

    @Test
    @DisplayName("an Error is thrown by the leader; the others of its group say that it was its cause")
    void error() throws InterruptedException {
        AssertionError error = new AssertionError("a broken invariant");
        try (Commits commits = new Commits(SyncPolicy.none(), (sequence, batch) -> {
            if (sequence == 2) {
                throw error;
            }
        })) {
            during(commits, crew -> {
                commits.queue(crew, "a", 5, Durability.BUFFERED);
                commits.queue(crew, "b", 5, Durability.BUFFERED);
            });
            assertTrue(commits.outcomes.get("a") == error, "the leader came to " + commits.outcomes.get("a"));
            Object follower = commits.outcomes.get("b");
            assertTrue(
                    follower instanceof IllegalStateException && ((Exception) follower).getCause() == error,
                    "a follower of a group that failed with an Error came to " + follower);
        }
    }

    @Test
    @DisplayName(
            "stop returns when all that have begun are published, and refuses later commits; twice does nothing more")
    void stop() throws InterruptedException {
        try (Commits commits = new Commits(SyncPolicy.group())) {
            try (Crew crew = new Crew();
                    Hold sync = commits.disk.faults().hold(DiskCall.SYNC, ".wal")) {
                crew.start("a", () -> commits.commit("a", 9, Durability.BUFFERED, last -> {}));
                Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
                Thread stopper = crew.start("stopper", () -> {
                    commits.committer.stop();
                    assertEquals(List.of("1:a"), commits.published, "what was published when stop returned");
                });
                Eventually.waits(stopper);
                assertThrows(
                        StoreClosedException.class,
                        () -> commits.committer.commit(Commits.put("b", 5), Durability.BUFFERED),
                        "a commit while stop waits for another");
                sync.close();
                crew.join();
            }
            Step.at("stop, a second time");
            commits.committer.stop();
            assertThrows(
                    StoreClosedException.class,
                    () -> commits.committer.commit(Commits.put("c", 5), Durability.BUFFERED),
                    "a commit after stop");
            assertEquals(List.of("a"), commits.records(), "records of the log");
        }
    }
}
