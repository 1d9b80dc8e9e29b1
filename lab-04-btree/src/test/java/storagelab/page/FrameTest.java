package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

class FrameTest {
    private final Frame frame = new Frame(7, 3, PageLayout.newPage(1024, PageLayout.LEAF, 12));

    @Test
    @DisplayName("a stamp holds until a change begins, and a change makes another")
    void stamps() {
        long before = frame.stamp();
        assertThat("whether a frame is as it was when nothing happened", frame.isUnchangedSince(before), is(true));
        frame.beginChange();
        assertThat("the same in the middle of a change", frame.isUnchangedSince(before), is(false));
        assertThrows(IllegalStateException.class, frame::beginChange, "a change within a change");
        frame.endChange();
        assertThat("the same after the change", frame.isUnchangedSince(before), is(false));
        assertThat("whether a stamp after the change holds", frame.isUnchangedSince(frame.stamp()), is(true));
        assertThrows(IllegalStateException.class, frame::endChange, "the end of a change that has not begun");
    }

    @Test
    @DisplayName("whoever wants a stamp in the middle of a change gets it when the change has ended")
    void stampWaits() throws InterruptedException {
        AtomicLong stamp = new AtomicLong(-1);
        AtomicBoolean asking = new AtomicBoolean();
        frame.beginChange();
        try (Crew crew = new Crew()) {
            crew.start("reader", () -> {
                asking.set(true);
                stamp.set(frame.stamp());
            });
            Eventually.holds("the reader asks", asking::get);
            Eventually.letHold(() -> stamp.get() >= 0);
            assertThat("the stamp that the reader got in the middle of a change", stamp.get(), is(-1L));
            frame.endChange();
            crew.join();
        }
        assertThat("whether the reader's stamp holds", frame.isUnchangedSince(stamp.get()), is(true));
    }

    @Test
    @DisplayName("what is read under a stamp that still holds belongs together")
    void nothingTorn() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong checked = new AtomicLong();
        try (Crew crew = new Crew()) {
            crew.start(2, "reader", () -> {
                while (!done.get() || checked.get() == 0) {
                    long stamp = frame.stamp();
                    long first = PageLayout.getLong(frame.bytes(), 100);
                    long second = PageLayout.getLong(frame.bytes(), 1016);
                    if (frame.isUnchangedSince(stamp)) {
                        assertThat("the second half of what was changed together", second, is(first));
                        checked.incrementAndGet();
                    }
                }
            });
            for (long value = 1; value <= 200_000; value++) {
                frame.beginChange();
                PageLayout.putLong(frame.bytes(), 100, value);
                PageLayout.putLong(frame.bytes(), 1016, value);
                frame.endChange();
            }
            done.set(true);
            crew.join();
        }
    }

    @Test
    @DisplayName("a frame with pins cannot be retired, a retired one cannot be pinned")
    void pinsAndRetirement() {
        assertThat("page, slot and version", "" + frame.page() + frame.slot() + frame.born(), is("7312"));
        assertThat("tryPin()", frame.tryPin(), is(true));
        assertThat("tryPin() of a pinned frame", frame.tryPin(), is(true));
        assertThat("tryRetire() with two pins", frame.tryRetire(), is(false));
        frame.unpin();
        frame.unpin();
        assertThrows(IllegalStateException.class, frame::unpin, "unpin without a pin");
        assertThat("tryRetire() without pins", frame.tryRetire(), is(true));
        assertThat("tryRetire() when it is retired", frame.tryRetire(), is(false));
        assertThat("tryPin() when it is retired", frame.tryPin(), is(false));
        assertThat("isIdle() when it is retired", frame.isIdle(), is(false));
        frame.reinstate();
        assertThat("isIdle() when that was taken back", frame.isIdle(), is(true));
    }
}
