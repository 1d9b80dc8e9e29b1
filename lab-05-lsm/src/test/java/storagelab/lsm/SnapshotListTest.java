package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("5.15")
class SnapshotListTest {
    private final AtomicLong visible = new AtomicLong(5);
    private final SnapshotList snapshots = new SnapshotList(visible::get);

    private void assertHeld(long oldest, long newest, String when) {
        assertEquals(oldest, snapshots.oldest(), "oldest() " + when);
        assertEquals(newest, snapshots.newest(), "newest() " + when);
    }

    @Test
    @DisplayName("the worked example: the oldest that is held, as often as it is held, or the visible one")
    void workedExample() {
        assertEquals(5, snapshots.hold());
        assertHeld(5, 5, "when 5 is held");
        visible.set(9);
        assertEquals(9, snapshots.hold());
        assertEquals(9, snapshots.hold());
        assertHeld(5, 9, "when 5 and, twice, 9 are held");
        snapshots.release(5);
        assertHeld(9, 9, "when 5 was released");
        snapshots.release(9);
        assertHeld(9, 9, "when 9 was released once of twice");
        visible.set(12);
        snapshots.release(9);
        assertHeld(12, -1, "when all were released");
    }

    @Test
    @DisplayName("a sequence that nobody holds cannot be released, and the message says which")
    void notHeld() {
        long sequence = snapshots.hold();
        snapshots.release(sequence);
        String message = assertThrows(IllegalStateException.class, () -> snapshots.release(5))
                .getMessage();
        assertTrue(message != null && message.contains("5"), "message: " + message);
    }

    @Test
    @DisplayName("something is done unless a newer sequence is held than the one it is about")
    void unlessNewer() {
        AtomicLong done = new AtomicLong();
        assertTrue(snapshots.runUnlessNewer(-1, done::incrementAndGet), "nothing is held");
        snapshots.hold();
        assertFalse(snapshots.runUnlessNewer(4, done::incrementAndGet), "5 is held and newer than 4");
        assertTrue(snapshots.runUnlessNewer(5, done::incrementAndGet), "5 is held and not newer than 5");
        assertEquals(2, done.get(), "times that it was done");
    }
}
