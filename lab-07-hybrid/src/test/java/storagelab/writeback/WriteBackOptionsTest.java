package storagelab.writeback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WriteBackOptionsTest {
    private static final WriteBackOptions LARGE = WriteBackOptions.defaults();

    @Test
    @DisplayName("options that make no sense are refused")
    void options() {
        assertThrows(IllegalArgumentException.class, () -> LARGE.withFlushBytes(0));
        assertThrows(IllegalArgumentException.class, () -> LARGE.withFlushBytes(LARGE.dirtyBytesMax() + 1));
        assertThrows(IllegalArgumentException.class, () -> LARGE.withBatchBytes(0));
        assertThrows(IllegalArgumentException.class, () -> LARGE.withStallMax(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> LARGE.withRetryAfter(Duration.ofMillis(-1)));
        assertThat(LARGE.withDirtyBytesMax(1_000).flushBytes(), is(500L));
    }
}
