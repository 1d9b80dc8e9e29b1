package storagelab.adaptive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoadCountersTest {
    private long millis = 100;

    @Test
    @DisplayName("a take has what was counted since the last one, and begins again")
    void take() {
        LoadCounters counters = new LoadCounters(() -> Instant.ofEpochMilli(millis));
        counters.hit();
        counters.hit();
        counters.miss();
        counters.scan(300);
        counters.write(20);
        counters.write(30);
        counters.overwrites(1);
        millis = 150;
        assertThat(counters.take(), is(new LoadWindow(50, 2, 1, 1, 300, 2, 50, 1)));
        counters.write(7);
        counters.overwrites(64); // one of 64 keys was looked up
        assertThat(counters.take(), is(new LoadWindow(0, 0, 0, 0, 0, 1, 7, 1)));
    }

    @Test
    @DisplayName("the part of the writes whose key had a value")
    void overwriteShare() {
        assertThat(new LoadWindow(1, 0, 0, 0, 0, 4, 9, 1).overwriteShare(), is(0.25));
        assertThat("without writes", new LoadWindow(1, 5, 0, 0, 0, 0, 0, 0).overwriteShare(), is(0.0));
        assertThrows(IllegalArgumentException.class, () -> new LoadWindow(1, 0, 0, 0, 0, 1, 9, 2));
        assertThrows(IllegalArgumentException.class, () -> new LoadWindow(-1, 0, 0, 0, 0, 0, 0, 0));
    }
}
