package storagelab.wal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SyncPolicyTest {
    @Test
    @DisplayName("an interval of nothing is refused")
    void noInterval() {
        assertThrows(IllegalArgumentException.class, () -> SyncPolicy.every(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> SyncPolicy.every(Duration.ofMillis(-1)));
    }
}
