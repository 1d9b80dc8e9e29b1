package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Isolation;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Step;
import storagelab.testkit.kv.Hermitage;
import storagelab.testkit.recovery.SmallStores;

/** The Hermitage table, every anomaly on both engines and levels. It prints the table. */
@Tag("6.11")
class HermitageTest {
    @Test
    @DisplayName("each anomaly happens at the levels that allow it, and at no other, on both engines")
    void table() {
        List<String> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Hermitage anomaly : Hermitage.values()) {
            StringBuilder line = new StringBuilder("%-13s%-40s".formatted(anomaly, anomaly.title()));
            for (EngineKind engine : EngineKind.values()) {
                for (Isolation level : Isolation.values()) {
                    Step.at(anomaly + ", " + anomaly.title() + ", over " + engine + " at " + level);
                    List<String> seen = seen(anomaly, engine, level);
                    if (seen.isEmpty() == anomaly.isAllowedBy(level)) {
                        wrong.add(anomaly + " over " + engine + " at " + level + ": " + seen);
                    }
                    line.append("%-20s".formatted(seen.isEmpty() ? "prevented" : "happens"));
                }
            }
            lines.add(line.toString());
        }
        System.out.println(head() + "\n" + String.join("\n", lines));
        assertThat("cells that are not as the level promises", wrong, is(List.of()));
    }

    private static String head() {
        StringBuilder head = new StringBuilder("%-13s%-40s".formatted("anomaly", ""));
        for (EngineKind engine : EngineKind.values()) {
            for (Isolation level : Isolation.values()) {
                head.append("%-20s".formatted(engine + " " + level));
            }
        }
        return head.toString();
    }

    private static List<String> seen(Hermitage anomaly, EngineKind engine, Isolation level) {
        try (CrashSafeStore store =
                CrashSafeStore.open(CrashDisk.create().root().resolve("store"), SmallStores.options(engine))) {
            return anomaly.seenIn(store, level);
        }
    }
}
