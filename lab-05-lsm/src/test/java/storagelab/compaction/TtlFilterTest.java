package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;

@Tag("5.17")
class TtlFilterTest {
    private static final Slice KEY = Slice.utf8("k");
    private static final Instant ELEVEN = Instant.parse("2024-01-01T11:00:00Z");

    private static TtlFilter hour(Instant now) {
        return new TtlFilter(
                Duration.ofHours(1),
                () -> now,
                value -> Instant.parse(StandardCharsets.UTF_8.decode(value.asByteBuffer()))
                        .toEpochMilli());
    }

    @Test
    @DisplayName("the worked example: what is an hour old stays, what is a millisecond older goes")
    void workedExample() {
        Slice value = Slice.utf8("2024-01-01T10:00:00Z");
        assertFalse(hour(ELEVEN).drops(KEY, value));
        assertTrue(hour(ELEVEN.plusMillis(1)).drops(KEY, value));
    }

    @Test
    @DisplayName("the future is kept, up to the last millisecond of all; the beginning of time goes")
    void extremes() {
        assertFalse(hour(ELEVEN).drops(KEY, Slice.utf8("2024-01-01T12:00:00Z")));
        Duration longest = Duration.ofMillis(Long.MAX_VALUE);
        assertFalse(new TtlFilter(Duration.ZERO, () -> ELEVEN, value -> Long.MAX_VALUE).drops(KEY, KEY));
        assertFalse(new TtlFilter(longest, () -> ELEVEN, value -> 0).drops(KEY, KEY));
        assertTrue(new TtlFilter(longest, () -> ELEVEN, value -> Long.MIN_VALUE).drops(KEY, KEY));
    }

    @Test
    @DisplayName("a time to live of nothing is one; a negative one, or one that milliseconds cannot say, is refused")
    void refused() {
        assertTrue(new TtlFilter(Duration.ZERO, () -> ELEVEN, value -> ELEVEN.toEpochMilli() - 1).drops(KEY, KEY));
        for (Duration ttl : new Duration[] {Duration.ofMillis(-1), Duration.ofSeconds(Long.MAX_VALUE)}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new TtlFilter(ttl, () -> ELEVEN, value -> 0));
            assertEquals("a time to live of " + ttl, refused.getMessage());
        }
    }
}
