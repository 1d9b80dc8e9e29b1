package storagelab.grader.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.testkit.Seeds;

/** The long runs of lab 5's tree and of lab 6's store, cut short. */
class LongRunsTest {
    @Test
    @DisplayName("damages of tables, logs and manifests: many are detected, and none gives a wrong answer")
    void damages() throws IOException {
        LongRuns.Damaged damaged = LongRuns.lsmDamages(400, Seeds.base());
        assertEquals(400, damaged.detected() + damaged.harmless());
        assertTrue(damaged.detected() > 200, damaged.toString());
    }

    @Test
    @DisplayName("four threads for a second")
    void soak(@TempDir Path directory) throws InterruptedException {
        assertTrue(LongRuns.lsmSoak(directory, Duration.ofSeconds(1), Seeds.base()) > 0);
    }

    @Test
    @DisplayName("damages of the log of lab 6: some are detected, and none gives a wrong answer")
    void damagesOfTheLog() throws IOException {
        LongRuns.Damaged damaged = StoreLongRuns.damages(200, Seeds.base());
        assertEquals(200, damaged.detected() + damaged.harmless());
        // Over many seeds, 107 on average (standard deviation 7): recovery reads only what follows the checkpoint.
        assertTrue(damaged.detected() > 60, damaged.toString());
    }
}
