package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.recovery.LogCheckpointer;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.4: the steps of a checkpoint, when one begins by itself, and what it leaves of the log. */
@Tag("6.4")
class CheckpointHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final WriteAheadLog log =
            WriteAheadLog.create(disk.root(), 0, new WalOptions(300, SegmentAccess.CHANNEL), stats);
    private final FileEngine engine = new FileEngine(disk.root());
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void close() {
        log.close();
    }

    /** Commits {@code count} batches. */
    private void commit(int count) {
        for (int i = 0; i < count; i++) {
            long sequence = log.lastSequence() + 1;
            History.append(log);
            engine.apply(sequence, History.batch(sequence));
        }
    }

    private boolean exists(long segment) {
        return Files.exists(SegmentRecord.file(disk.root(), segment));
    }

    private LogCheckpointer checkpointer(long bytesMax) {
        return new LogCheckpointer(engine, log, bytesMax, 0);
    }

    @Test
    @DisplayName("the log is synced, then the engine makes its checkpoint, then the segments that it has are deleted")
    void order() {
        commit(60);
        long segments = log.end().segment();
        List<String> seen = new ArrayList<>();
        engine.onCheckpoint(() -> seen.add(log.durable().equals(log.end()) + " " + exists(1) + " " + exists(2)));
        try (LogCheckpointer checkpointer = checkpointer(1 << 20)) {
            checkpointer.checkpoint();
            assertEquals(
                    List.of("true true true"),
                    seen,
                    "at the engine's checkpoint: whether the log was synced, segment 1 was there, segment 2 was there");
            assertEquals(log.lastSequence(), engine.durableSequence(), "durable sequence of the engine");
            assertEquals(segments - 1, stats.get(WalMetrics.SEGMENTS_DELETED), "segments that were deleted");
            assertTrue(exists(segments), "the last segment is gone");
            assertTrue(checkpointer.failure() == null, "nothing has failed, and the failure is there");
        }
    }

    @Test
    @DisplayName("what comes while the engine makes its checkpoint is in the log afterwards, and no commit waits")
    void commitsMeanwhile() throws InterruptedException {
        commit(30);
        CountDownLatch isAtWork = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        engine.onCheckpoint(() -> {
            isAtWork.countDown();
            awaitGate(gate);
        });
        long before = engine.lastSequence();
        try (LogCheckpointer checkpointer = checkpointer(1 << 20);
                Crew crew = new Crew()) {
            crew.start("checkpoint", checkpointer::checkpoint);
            Eventually.open("a checkpoint is under way", isAtWork);
            Thread writer = crew.start("writer", () -> {
                commit(30);
                checkpointer.written(50);
                log.sync();
            });
            Eventually.ends("a commit waits for a checkpoint", writer);
            gate.countDown();
            crew.join();
        }
        assertEquals(before, engine.durableSequence(), "durable sequence of the engine");
        Step.at("reading what came after the checkpoint began");
        assertEquals(
                log.lastSequence(),
                History.assertFollows(before, History.read(disk.root(), before)),
                "last sequence in the log");
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            Eventually.open("the gate is open", gate);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("when a step fails, it is thrown and remembered, and the steps after it are left out")
    void failures() {
        commit(30);
        IllegalStateException failure = new IllegalStateException("the engine cannot write");
        engine.onCheckpoint(() -> {
            throw failure;
        });
        try (LogCheckpointer checkpointer = checkpointer(1 << 20)) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class, checkpointer::checkpoint, "a checkpoint whose engine has failed");
            assertTrue(thrown == failure, "a checkpoint throws something else than its engine did");
            assertTrue(checkpointer.failure() == failure, "the failure is " + checkpointer.failure());
            assertTrue(exists(1), "a segment was deleted, although the engine has not got what it has");
        }
        engine.onCheckpoint(begun::incrementAndGet);
        try (LogCheckpointer checkpointer = checkpointer(1 << 20)) {
            commit(1);
            disk.faults().failOnce(DiskCall.SYNC, 1);
            assertThrows(StorageIoException.class, checkpointer::checkpoint, "a checkpoint whose log cannot be synced");
            assertEquals(0, begun.get(), "checkpoints of the engine, where the log cannot be synced");
            assertTrue(checkpointer.failure() != null, "a checkpoint has failed, and the failure is not there");
        }
    }

    @Test
    @DisplayName("a checkpoint begins when the bytes have come to the maximum, with those from before, and not earlier")
    void begins() {
        engine.onCheckpoint(begun::incrementAndGet);
        commit(5);
        try (LogCheckpointer checkpointer = new LogCheckpointer(engine, log, 1_000, 300)) {
            checkpointer.written(400);
            checkpointer.written(299);
            checkpointer.written(1);
            Eventually.holds("a checkpoint was begun after 1,000 bytes", () -> engine.durableSequence() > 0);
        }
        assertEquals(1, begun.get(), "checkpoints after 1,000 bytes");
        assertEquals(engine.lastSequence(), engine.durableSequence(), "durable sequence of the engine");
        begun.set(0);
        try (LogCheckpointer checkpointer = new LogCheckpointer(engine, log, 1_000, 300)) {
            checkpointer.written(400);
            checkpointer.written(299);
        }
        assertEquals(0, begun.get(), "checkpoints after 999 bytes");
    }

    @Test
    @DisplayName("one is under way at a time, whatever is written; bytes that come meanwhile count for the next one")
    void oneInTheBackground() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        engine.onCheckpoint(() -> {
            if (begun.incrementAndGet() == 1) {
                awaitGate(first);
            }
        });
        commit(5);
        try (LogCheckpointer checkpointer = checkpointer(1_000);
                Crew crew = new Crew()) {
            Thread writer = crew.start("writer", () -> {
                checkpointer.written(1_000);
                Eventually.holds("a checkpoint is under way", () -> begun.get() == 1);
                checkpointer.written(700);
                checkpointer.written(200);
            });
            Eventually.ends("a commit waits for a checkpoint", writer);
            crew.join();
            commit(1);
            first.countDown();
            Eventually.holds("the first checkpoint has ended", () -> engine.durableSequence() > 0);
            Step.at("100 bytes more, where 900 were written while a checkpoint was made");
            Eventually.holds("a second checkpoint, after 900 + 100 bytes since the first began", () -> {
                if (begun.get() == 1) {
                    checkpointer.written(begun.get() == 1 ? 100 : 0);
                }
                return begun.get() >= 2;
            });
        }
        assertTrue(begun.get() >= 2, "checkpoints that were begun");
    }

    @Test
    @DisplayName("bytes from before a checkpoint do not count after it, also where it was asked for")
    void countsFromTheLast() {
        engine.onCheckpoint(begun::incrementAndGet);
        commit(5);
        try (LogCheckpointer checkpointer = checkpointer(1_000)) {
            checkpointer.written(900);
            checkpointer.checkpoint();
            assertEquals(1, begun.get(), "checkpoints that were asked for");
            checkpointer.written(900);
        }
        assertEquals(1, begun.get(), "checkpoints, where 900 bytes of 1,000 were written since the last");
    }

    @Test
    @DisplayName("while a checkpoint is made, a second one waits, and is then made as well")
    void oneAtATime() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger atWork = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        engine.onCheckpoint(() -> {
            seen.add(atWork.incrementAndGet());
            awaitGate(gate);
            atWork.decrementAndGet();
        });
        commit(5);
        try (LogCheckpointer checkpointer = checkpointer(1_000);
                Crew crew = new Crew()) {
            crew.start("first", checkpointer::checkpoint);
            Eventually.holds("a checkpoint is under way", () -> seen.size() == 1);
            Thread second = crew.start("second", checkpointer::checkpoint);
            Eventually.waits(second);
            gate.countDown();
            crew.join();
        }
        assertEquals(List.of(1, 1), seen, "checkpoints at work, when the first and when the second began");
    }

    @Test
    @DisplayName("a checkpoint that fails in the background is remembered, and no other begins there")
    void failsInTheBackground() {
        StorageIoException failure = new StorageIoException("a full disk", new java.io.IOException("full"));
        engine.onCheckpoint(() -> {
            begun.incrementAndGet();
            throw failure;
        });
        commit(5);
        try (LogCheckpointer checkpointer = checkpointer(1_000)) {
            Step.at("a commit that begins a checkpoint, which fails");
            checkpointer.written(1_000);
            Eventually.holds("the failure of the checkpoint is there", () -> checkpointer.failure() == failure);
            for (int i = 0; i < 5; i++) {
                checkpointer.written(1_000);
            }
        }
        assertEquals(1, begun.get(), "checkpoints, where the first in the background has failed");
    }

    @Test
    @DisplayName("close waits for the checkpoint in the background, and none begins there afterwards")
    void closes() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        engine.onCheckpoint(() -> {
            begun.incrementAndGet();
            awaitGate(gate);
        });
        commit(5);
        LogCheckpointer checkpointer = checkpointer(1_000);
        try (Crew crew = new Crew()) {
            checkpointer.written(2_000);
            Eventually.holds("a checkpoint is under way", () -> begun.get() == 1);
            Thread closing = crew.start("close", () -> {
                checkpointer.close();
                assertEquals(engine.lastSequence(), engine.durableSequence(), "durable sequence when close returned");
            });
            Eventually.waits(closing);
            gate.countDown();
            crew.join();
        }
        Step.at("a commit after close");
        checkpointer.written(5_000);
        checkpointer.close();
        assertEquals(1, begun.get(), "checkpoints, where a commit came after close");
    }

    @Test
    @DisplayName("recovery has at most two intervals to apply, however much is written")
    void boundsRecovery() {
        try (LogCheckpointer checkpointer = checkpointer(2_000)) {
            long most = 0;
            for (int i = 0; i < 400; i++) {
                commit(1);
                long durable = engine.durableSequence();
                checkpointer.written(100);
                if (i % 20 == 19) {
                    Eventually.holds("a checkpoint is made each 2,000 bytes", () -> {
                        if (checkpointer.failure() != null) {
                            throw new AssertionError("a checkpoint has failed", checkpointer.failure());
                        }
                        checkpointer.written(0); // the one before may have been about to end when the limit was reached
                        return engine.durableSequence() > durable;
                    });
                }
                most = Math.max(most, engine.lastSequence() - engine.durableSequence());
            }
            assertTrue(
                    most <= 40 * 3, "operations after the last checkpoint: " + most + ", of intervals of 20 commits");
        }
        assertTrue(stats.get(WalMetrics.SEGMENTS_DELETED) > 20, "segments that were deleted");
    }
}
