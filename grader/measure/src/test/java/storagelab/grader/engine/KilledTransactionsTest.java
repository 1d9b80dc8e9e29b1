package storagelab.grader.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.grader.endurance.KilledWriter;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;

/** Real processes whose threads run transactions die by SIGKILL on the real disk. */
class KilledTransactionsTest {
    /** For each engine; {@code -Dkills=200} for the whole run. */
    private static final int KILLS = Integer.getInteger("kills", 3);

    private static final int TRANSACTIONS_MAX = 1_500;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a process that is killed loses no transaction that was acknowledged, BUFFERED or SYNCED, and half of none")
    void killed(EngineKind engine) throws Exception {
        Path home = Files.createDirectory(directory.resolve(engine.name()));
        Seeds.check(1, random -> {
            for (int kill = 1; kill <= KILLS; kill++) {
                long unused = KilledWriter.run(TransferWriter.class, home, 1 + random.nextInt(TRANSACTIONS_MAX));
                try (CrashSafeStore store = TransferWriter.open(home)) {
                    int money = 0;
                    for (int i = 0; i < TransferWriter.ACCOUNTS; i++) {
                        money += TransferWriter.value(store.get(TransferWriter.account(i)));
                    }
                    assertThat("money after kill " + kill, money, is(TransferWriter.ACCOUNTS * TransferWriter.MONEY));
                    for (int thread = 0; thread < TransferWriter.THREADS; thread++) {
                        Path file = TransferWriter.acknowledgements(home, thread);
                        int acknowledged = Files.exists(file) ? number(Files.readString(file, UTF_8)) : 0;
                        assertThat(
                                "transactions of thread " + thread + " after kill " + kill,
                                TransferWriter.value(store.get(TransferWriter.counter(thread))),
                                is(greaterThanOrEqualTo(acknowledged)));
                    }
                }
            }
        });
    }

    /** The file may have been created and not written yet. */
    private static int number(String text) {
        return text.isBlank() ? 0 : Integer.parseInt(text.strip());
    }
}
