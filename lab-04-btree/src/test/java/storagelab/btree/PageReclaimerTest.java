package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("4.13")
class PageReclaimerTest {
    private final PageReclaimer reclaimer = new PageReclaimer();

    @Test
    @DisplayName("the example: 10 and 12 at once, 11 after release(3), 13 after release(7)")
    void example() {
        reclaimer.hold(3);
        reclaimer.hold(7);
        reclaimer.giveUp(10, 1, 3);
        reclaimer.giveUp(11, 1, 4);
        reclaimer.giveUp(12, 4, 7);
        reclaimer.giveUp(13, 2, 8);
        assertThat("reusableCount()", reclaimer.reusableCount(), is(2));
        assertThat("waiting()", reclaimer.waiting(), containsInAnyOrder(10, 11, 12, 13));
        assertThat("takeReusable()", reclaimer.takeReusable(), containsInAnyOrder(10, 12));
        reclaimer.release(3);
        assertThat("takeReusable() after release(3)", reclaimer.takeReusable(), containsInAnyOrder(11));
        reclaimer.release(7);
        assertThat("takeReusable() after release(7)", reclaimer.takeReusable(), containsInAnyOrder(13));
        assertThat("waiting() at the end", reclaimer.waiting(), is(empty()));
    }

    @Test
    @DisplayName("a version that two hold is held until both have released it")
    void heldTwice() {
        reclaimer.hold(2);
        reclaimer.hold(2);
        reclaimer.giveUp(5, 2, 3);
        reclaimer.release(2);
        assertThat("reusable after one release", reclaimer.takeReusable(), is(empty()));
        reclaimer.release(2);
        assertThat("reusable after both", reclaimer.takeReusable(), containsInAnyOrder(5));
        assertThrows(IllegalStateException.class, () -> reclaimer.release(2), "a third release");
    }

    @Test
    @DisplayName("a page that nobody needs any more is listed as waiting until it is taken: nobody loses it in between")
    void notLostBetweenReleaseAndTake() {
        reclaimer.hold(2);
        reclaimer.giveUp(5, 2, 3);
        reclaimer.release(2); // by another thread, after the writer has taken what was reusable
        assertThat("waiting()", reclaimer.waiting(), containsInAnyOrder(5));
    }
}
