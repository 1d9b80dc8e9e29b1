package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;

class LsmMergeRateTest {
    private static long mergeWaitNanos(LsmOptions options) {
        Slice value = Slice.wrap(new byte[1000]);
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), options)) {
            for (int i = 0; i < 250; i++) {
                store.put(Slice.utf8("key%04d".formatted(i)), value);
            }
            store.flush();
            assertEquals(0, store.stats().get(LsmMetrics.MERGE_WAIT_NANOS), "flushes never wait");
            store.compactAll();
            return store.stats().get(LsmMetrics.MERGE_WAIT_NANOS);
        }
    }

    @Test
    @DisplayName("a merge of more bytes than a second's worth at its rate waits, and the time is counted")
    void rate() {
        assertThat(
                "nanoseconds that a merge of 250 kB waited at 100 kB a second",
                mergeWaitNanos(LsmOptions.defaults().withMergeBytesPerSecond(100_000)),
                greaterThan(0L));
        assertEquals(0, mergeWaitNanos(LsmOptions.defaults()), "nanoseconds without a rate");
    }

    @Test
    @DisplayName("a negative rate is refused, and 0 is no limit")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> LsmOptions.defaults().withMergeBytesPerSecond(-1));
        assertEquals(0, LsmOptions.defaults().withMergeBytesPerSecond(0).mergeBytesPerSecond());
    }
}
