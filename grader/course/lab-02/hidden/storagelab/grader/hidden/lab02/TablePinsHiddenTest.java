package storagelab.grader.hidden.lab02;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.TablePins;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedTable;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 2.8: who uses which table. */
@Tag("2.8")
class TablePinsHiddenTest {
    private final Path directory = CrashDisk.create().root();
    private final TablePins pins = new TablePins();
    private final ConcurrentLinkedQueue<Long> removed = new ConcurrentLinkedQueue<>();

    private SortedTable four;
    private SortedTable seven;

    @BeforeEach
    void openTables() throws IOException {
        four = table(4);
        seven = table(7);
    }

    @Test
    @DisplayName("a table without users is removed as soon as it is retired, one that is not retired stays")
    void noUsers() {
        pins.pin(List.of(four, seven));
        pins.unpin(List.of(four, seven));
        assertRemoved("after pin([4, 7]), unpin([4, 7]): no merge has replaced them");
        retire(four);
        assertRemoved("after retire(4), which has no users any more", 4L);
        pins.pin(List.of(seven));
        retire(seven);
        pins.unpin(List.of(seven));
        assertRemoved("after 7 was pinned a second time, retired and let go", 4L, 7L);
    }

    @Test
    @DisplayName("kept() has only what is retired and in use")
    void keptTables() {
        pins.pin(List.of(four, seven));
        assertEquals(List.of(), kept(), "tables in kept() with users, but without any merge");
        retire(seven);
        assertEquals(List.of(7L), kept(), "tables in kept() after 7 was retired, 4 and 7 being in use");
    }

    @Test
    @DisplayName("when one table cannot be removed, the others are, and the failure is told in the end")
    void removalFails() throws IOException {
        SortedTable nine = table(9);
        pins.pin(List.of(four, seven, nine));
        pins.retire(four, () -> {
            throw new IllegalArgumentException("the file of 4 cannot be deleted");
        });
        pins.retire(seven, () -> {
            throw new IllegalArgumentException("nor that of 7");
        });
        retire(nine);
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> pins.unpin(List.of(four, seven, nine)),
                "unpin([4, 7, 9]) when removing 4 and 7 throws");
        assertRemoved("after unpin([4, 7, 9]) when removing 4 and 7 threw", 9L);
        assertEquals("the file of 4 cannot be deleted", thrown.getMessage(), "the message of what was thrown");
        assertEquals(1, thrown.getSuppressed().length, "number of suppressed failures, one of two being thrown");
        assertEquals(List.of(), kept(), "tables in kept() after removing failed: nothing is removed twice");
    }

    @Test
    @DisplayName("closing removes what was kept and nothing else; letting go afterwards does nothing")
    void close() {
        pins.pin(List.of(four, seven));
        pins.pin(List.of(four));
        retire(four);
        pins.close();
        assertRemoved("after close(), 4 being retired and in use, 7 in use only", 4L);
        assertEquals(List.of(), kept(), "tables in kept() after close()");
        pins.unpin(List.of(four, seven));
        pins.unpin(List.of(four));
        assertRemoved("after close() and when all users let go: 7 is closed with the store", 4L);
    }

    @Test
    @DisplayName("closing removes the others, too, when one cannot be removed")
    void closeWithFailure() {
        pins.pin(List.of(four, seven));
        pins.retire(four, () -> {
            throw new IllegalArgumentException("the file of 4 cannot be deleted");
        });
        retire(seven);
        assertThrows(IllegalArgumentException.class, pins::close, "close() when removing 4 throws");
        assertRemoved("after close() when removing 4 threw", 7L);
    }

    @Test
    @DisplayName(
            "letting go of what nobody holds is an IllegalStateException that names the table, and changes nothing")
    void unpinWithoutPin() {
        pins.pin(List.of(four));
        retire(four);
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> pins.unpin(List.of(four, seven)),
                "unpin([4, 7]) with 4 pinned only");
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains("7"), "the message of unpin([4, 7]) with 4 pinned only does not say 7: " + message);
        assertRemoved("after unpin([4, 7]) failed: 4 still has its user");
        pins.unpin(List.of(four));
        assertRemoved("after the user of 4 let go", 4L);
        assertThrows(IllegalStateException.class, () -> pins.unpin(List.of(four)), "unpin([4]) a second time");
    }

    @Test
    @DisplayName("users come and go in many threads, and a retired table is removed once, by the last of them")
    void manyThreads() throws InterruptedException {
        int threads = 4;
        pins.pin(List.of(four));
        CountDownLatch busy = new CountDownLatch(threads);
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < threads; thread++) {
                pins.pin(List.of(four));
                crew.start("user " + thread, () -> {
                    for (int i = 0; i < 3000; i++) {
                        pins.pin(List.of(four)); // which this thread has already
                        pins.unpin(List.of(four));
                        if (i == 100) {
                            busy.countDown();
                        }
                    }
                    pins.unpin(List.of(four));
                });
            }
            Eventually.holds("every thread is at work", () -> busy.getCount() == 0 || crew.hasFailed());
            retire(four);
            crew.join();
            assertRemoved("while the thread of the test still uses 4, and four others let go in the end");
            pins.unpin(List.of(four));
            assertRemoved("after the last user let go", 4L);
        }
    }

    @Test
    @DisplayName("when closing returns, nothing is being removed any more: the directory may belong to somebody else")
    void closeWaitsForRemovals() throws InterruptedException {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch mayRemove = new CountDownLatch(1);
        pins.pin(List.of(four));
        pins.retire(four, () -> {
            removing.countDown();
            awaitUninterruptibly(mayRemove);
            removed.add(4L);
        });
        try (Crew crew = new Crew()) {
            crew.start("the last user", () -> pins.unpin(List.of(four)));
            Eventually.open("the last user removes the table", removing);
            Thread closing = crew.start("who closes", () -> {
                pins.close();
                assertRemoved("when close() has returned, which began while a user was removing 4", 4L);
            });
            Eventually.holds(
                    "close() waits or returns",
                    () -> closing.getState() == Thread.State.TERMINATED
                            || closing.getState() == Thread.State.BLOCKED
                            || closing.getState() == Thread.State.WAITING);
            mayRemove.countDown();
            crew.join();
        } finally {
            mayRemove.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            Eventually.open("the table may be removed", latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> kept() {
        return pins.kept().stream().map(table -> table.info().number()).toList();
    }

    private void assertRemoved(String when, Long... numbers) {
        assertEquals(List.of(numbers), List.copyOf(removed), "numbers of the tables that were removed " + when);
    }

    private void retire(SortedTable table) {
        pins.retire(table, () -> removed.add(table.info().number()));
    }

    private SortedTable table(long number) throws IOException {
        Path file = FileNames.table(directory, number);
        Files.write(file, TableBytes.encode(number, List.of(Entry.tombstone(Slice.utf8("key")))));
        return SortedTable.open(file, number, new StatsRecorder());
    }
}
