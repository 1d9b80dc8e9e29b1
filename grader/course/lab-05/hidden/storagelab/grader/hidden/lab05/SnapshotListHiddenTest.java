package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.grader.hidden.kit.Growth;
import storagelab.lsm.SnapshotList;
import storagelab.testkit.CpuTime;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;

/** Exercise 5.15: which sequences are held. */
@Tag("5.15")
class SnapshotListHiddenTest {
    private final AtomicLong visible = new AtomicLong(9);

    @Test
    @DisplayName(
            "at any time the oldest and the newest sequence are those of a list in which each is as often as it is held")
    void model() {
        Seeds.check(50, random -> {
            AtomicLong now = new AtomicLong();
            SnapshotList snapshots = new SnapshotList(now::get);
            TreeMap<Long, Integer> held = new TreeMap<>();
            for (int step = 0; step < 200; step++) {
                now.addAndGet(random.nextInt(2));
                if (held.isEmpty() || random.nextBoolean()) {
                    assertEquals(now.get(), snapshots.hold(), "hold(), when " + now + " is visible");
                    held.merge(now.get(), 1, Integer::sum);
                } else {
                    long sequence = new ArrayList<>(held.keySet()).get(random.nextInt(held.size()));
                    snapshots.release(sequence);
                    held.computeIfPresent(sequence, (same, count) -> count == 1 ? null : count - 1);
                }
                String when = ", when " + held + " are held and " + now + " is visible";
                assertEquals(held.isEmpty() ? now.get() : held.firstKey(), snapshots.oldest(), "oldest()" + when);
                assertEquals(held.isEmpty() ? -1 : held.lastKey(), snapshots.newest(), "newest()" + when);
            }
        });
    }

    @Test
    @DisplayName("a merge that asks while somebody takes a snapshot is not told a sequence newer than that")
    void holdIsOneStep() {
        List<Thread> merges = new ArrayList<>();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        AtomicLong told = new AtomicLong(-1);
        List<SnapshotList> lists = new ArrayList<>();
        SnapshotList snapshots = new SnapshotList(() -> {
            long seen = visible.get();
            if (isFirst.getAndSet(false)) {
                visible.set(12); // writes come, and a merge asks, before what was seen is held
                merges.add(begin(() -> told.set(lists.get(0).oldest())));
                awaitEndOrWait(merges.get(0));
            }
            return seen;
        });
        lists.add(snapshots);
        long held = snapshots.hold();
        awaitEnd(merges.get(0));
        assertTrue(
                told.get() <= held,
                "a merge was told that " + told + " is the oldest sequence, and then " + held
                        + " was held, which had been seen before");
        assertEquals(held, snapshots.oldest(), "oldest() afterwards");
    }

    @Test
    @DisplayName("while something is done on condition that nothing newer is held, nobody takes a snapshot")
    void nobodyMeanwhile() {
        SnapshotList snapshots = new SnapshotList(visible::get);
        List<Thread> readers = new ArrayList<>();
        AtomicLong heldMeanwhile = new AtomicLong(-1);
        boolean isDone = snapshots.runUnlessNewer(-1, () -> {
            AtomicLong held = new AtomicLong(-1);
            Thread thread = begin(() -> held.set(snapshots.hold()));
            readers.add(thread);
            awaitEndOrWait(thread);
            heldMeanwhile.set(held.get());
        });
        readers.forEach(SnapshotListHiddenTest::awaitEnd);
        assertTrue(isDone, "runUnlessNewer(-1, ...) did nothing, though nothing was held");
        assertEquals(-1, heldMeanwhile.get(), "the sequence that was held while the action ran (-1: none)");
        assertEquals(9, snapshots.newest(), "newest() when the action has ended and the reader has its snapshot");
    }

    @Test
    @DisplayName(
            "something is done if what is held is as new or older, and not if it is newer; what it throws is passed on")
    void unlessNewer() {
        SnapshotList snapshots = new SnapshotList(visible::get);
        AtomicLong done = new AtomicLong();
        snapshots.hold();
        visible.set(20);
        snapshots.hold();
        assertTrue(!snapshots.runUnlessNewer(19, done::incrementAndGet), "done for 19, though 20 is held");
        assertTrue(
                snapshots.runUnlessNewer(20, done::incrementAndGet), "not done for 20, though only 9 and 20 are held");
        assertTrue(
                snapshots.runUnlessNewer(21, done::incrementAndGet), "not done for 21, though only 9 and 20 are held");
        assertEquals(2, done.get(), "times that the action ran");
        IllegalCallerException failure = new IllegalCallerException("for the test");
        IllegalCallerException thrown = assertThrows(
                IllegalCallerException.class,
                () -> snapshots.runUnlessNewer(20, () -> {
                    throw failure;
                }),
                "an action that throws");
        assertTrue(thrown == failure, "another exception was thrown than that of the action: " + thrown);
    }

    @Test
    @DisplayName("what nobody holds cannot be released, and the message has the sequence")
    void notHeld() {
        SnapshotList snapshots = new SnapshotList(visible::get);
        snapshots.hold();
        snapshots.release(9);
        for (long sequence : new long[] {9, 123}) {
            String message = String.valueOf(assertThrows(
                            IllegalStateException.class,
                            () -> snapshots.release(sequence),
                            "release(" + sequence + "), which nobody holds")
                    .getMessage());
            assertTrue(
                    message.contains(Long.toString(sequence)), "the message does not say " + sequence + ": " + message);
        }
        assertEquals(-1, snapshots.newest(), "newest() afterwards");
    }

    private static Thread begin(Runnable work) {
        Thread thread = new Thread(work, "reader or merge of the test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns when the thread has ended or waits for another one; one that spins counts as waiting after a second. */
    private static void awaitEndOrWait(Thread thread) {
        Eventually.holds(
                "the merge has asked or waits",
                () -> thread.getState() != Thread.State.RUNNABLE
                        || CpuTime.ofNanos(thread) > TimeUnit.SECONDS.toNanos(1));
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("after an action that throws, and a release that is refused, other threads take snapshots as before")
    void afterAFailure() throws InterruptedException {
        SnapshotList snapshots = new SnapshotList(visible::get);
        assertThrows(
                IllegalCallerException.class,
                () -> snapshots.runUnlessNewer(9, () -> {
                    throw new IllegalCallerException("for the test");
                }),
                "an action that throws");
        Crew.mustEnd(
                "hold() waits for ever when an action has thrown",
                () -> assertEquals(9, snapshots.hold(), "the sequence that is held by another thread"));
        assertThrows(IllegalStateException.class, () -> snapshots.release(7), "release(7), which is not held");
        Crew.mustEnd("release(9) waits for ever when another release was refused", () -> snapshots.release(9));
        assertEquals(-1, snapshots.newest(), "newest() afterwards");
    }

    @Test
    @DisplayName("a snapshot is taken and given up as fast among thousands of others as among a few")
    void cost() {
        Growth.check("500 times hold() and release()", "sequences held", held -> {
            AtomicLong now = new AtomicLong();
            SnapshotList snapshots = new SnapshotList(now::incrementAndGet);
            for (int i = 0; i < held; i++) {
                snapshots.hold();
            }
            return () -> {
                for (int i = 0; i < 500; i++) {
                    snapshots.release(snapshots.hold());
                    assertTrue(snapshots.oldest() == 1, "oldest() is not the first that was held");
                    assertTrue(snapshots.newest() == held, "newest() is not the last that is still held");
                }
            };
        });
    }
}
