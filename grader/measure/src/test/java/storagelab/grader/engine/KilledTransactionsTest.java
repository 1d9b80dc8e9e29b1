package storagelab.grader.engine;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.grader.endurance.HybridLongRuns;
import storagelab.grader.endurance.StoreLongRuns;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;

/** Real processes whose threads run transactions die by SIGKILL on the real disk. {@code ./lab audit --only kills} kills more. */
class KilledTransactionsTest {
    private static final int KILLS = 3;

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a process that is killed loses no transaction that was acknowledged, BUFFERED or SYNCED, and half of none")
    void killed(EngineKind engine, @TempDir Path directory) throws Exception {
        StoreLongRuns.kills(engine, directory, KILLS, Seeds.base());
    }

    @Test
    @DisplayName("the same over a hybrid store while its keys move from engine to engine")
    void killedWhileKeysMove(@TempDir Path directory) throws Exception {
        HybridLongRuns.kills(directory, KILLS, Seeds.base());
    }
}
