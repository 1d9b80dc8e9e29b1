package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.api.Isolation;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.RandomHistories;
import storagelab.testkit.recovery.SmallStores;

/** Random histories on a real store, checked for what its level does not allow. */
@Tag("6.11")
class IsolationHistoryTest {
    /** For each engine and level; {@code -Dhistories=20000} for the whole run. */
    private static final int HISTORIES = Integer.getInteger("histories", 400);

    static Stream<Arguments> cells() {
        return Stream.of(EngineKind.values())
                .flatMap(engine -> Stream.of(Isolation.values()).map(level -> Arguments.of(engine, level)));
    }

    private static CrashSafeStore open(EngineKind engine) {
        return CrashSafeStore.open(CrashDisk.create().root().resolve("store"), SmallStores.options(engine));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("however the steps of transactions are mixed, nothing is seen that the level does not allow")
    void mixedSteps(EngineKind engine, Isolation level) {
        Seeds.check(1, random -> {
            int committed = 0;
            try (CrashSafeStore store = open(engine)) {
                for (int i = 0; i < HISTORIES; i++) {
                    History history = RandomHistories.mixed(store, level, "h" + i + ".", random);
                    assertThat(HistoryChecker.check(history, level).orElse("none"), is("none"));
                    committed += (int) history.transactions().stream()
                            .filter(History.Observed::committed)
                            .count();
                }
                assertThat("versions that are left", store.versions(), is(0L));
            }
            assertThat(
                    "transactions that committed",
                    committed,
                    is(greaterThan(HISTORIES * RandomHistories.TRANSACTIONS / 4)));
        });
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("the same with threads that run at the same time")
    void threads(EngineKind engine, Isolation level) {
        Seeds.check(1, random -> {
            long seed = random.nextLong();
            try (CrashSafeStore store = open(engine)) {
                for (int i = 0; i < HISTORIES / 20; i++) {
                    History history = RandomHistories.ofThreads(store, level, "t" + i + ".", seed + i);
                    assertThat(HistoryChecker.check(history, level).orElse("none"), is("none"));
                }
            }
        });
    }
}
