package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.Crew;
import storagelab.testkit.Step;
import storagelab.twophase.CoordinatorLog;
import storagelab.twophase.CoordinatorLogLayout;
import storagelab.twophase.Outcome;

/** Exercise 7.10: what is durable, what is forgotten, and ids that never come twice. */
@Tag("7.10")
@DisplayName("A coordinator's log")
final class CoordinatorLogHiddenTest {
    private static final long FIRST = 1L << 32;
    private static final long LARGE = 1 << 20;
    private static final Set<String> BOTH = Set.of("a", "b");

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("log");

    @Test
    @DisplayName(
            "has a COMMIT record on the disk when commit returns, with all names, and each that has not acknowledged comes back")
    void commitIsOnTheDisk() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long id = log.begin();
            long before = disk.counters().syncs();
            log.commit(id, BOTH);
            assertEquals(1, disk.counters().syncs() - before, "syncs of a commit");
            log.acknowledge(id, "a");
            assertEquals(Map.of(id, Set.of("b")), log.waiting(), "what waits");
            assertEquals(Map.of(id, BOTH), afterCrash(SurvivalMode.NOTHING), "what waits after a power cut");
            assertEquals(Map.of(id, BOTH), afterCrash(SurvivalMode.EVERYTHING), "what waits after the process died");
        }
    }

    @Test
    @DisplayName("says undecided until the decision, committed until all have acknowledged, and aborted of all else")
    void outcomes() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long committed = log.begin();
            long aborted = log.begin();
            assertEquals(Outcome.UNDECIDED, log.outcome(committed), "the outcome of one that has begun");
            log.commit(committed, BOTH);
            int operations = disk.operations().size();
            log.abort(aborted);
            assertEquals(0, disk.operations().size() - operations, "operations on the disk for an abort");
            assertEquals(Outcome.COMMITTED, log.outcome(committed), "the outcome of one that has committed");
            assertEquals(Outcome.ABORTED, log.outcome(aborted), "the outcome of one that has aborted");
            assertEquals(Outcome.ABORTED, log.outcome(FIRST + 99), "the outcome of one that never was");
            log.abort(committed);
            assertEquals(Outcome.COMMITTED, log.outcome(committed), "the outcome when an abort comes after the commit");
        }
    }

    @Test
    @DisplayName(
            "forgets a transaction when all have acknowledged, without a sync, and still after it was opened again")
    void forgets() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long id = log.begin();
            log.commit(id, BOTH);
            long before = disk.counters().syncs();
            log.acknowledge(id, "a");
            log.acknowledge(id, "a");
            Step.at(
                    "acknowledgements that the log does not wait for: of a participant without a part, and of a transaction that never was");
            log.acknowledge(id, "c");
            log.acknowledge(99, "a");
            assertEquals(
                    Map.of(id, Set.of("b")),
                    log.waiting(),
                    "what waits after a has acknowledged twice, and a stranger");
            log.acknowledge(id, "b");
            assertEquals(0, disk.counters().syncs() - before, "syncs of acknowledgements");
            assertEquals(Map.of(), log.waiting(), "what waits");
            assertEquals(Map.of(), afterCrash(SurvivalMode.EVERYTHING), "what waits after the process died");
        }
    }

    @Test
    @DisplayName("refuses to commit what is not undecided, and without participants")
    void callersErrors() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long id = log.begin();
            Step.at("a commit of a transaction that has not begun");
            assertThrows(IllegalArgumentException.class, () -> log.commit(id + 1, BOTH));
            Step.at("a commit without participants");
            assertThrows(IllegalArgumentException.class, () -> log.commit(id, Set.of()));
            log.commit(id, BOTH);
            Step.at("a second commit");
            assertThrows(IllegalArgumentException.class, () -> log.commit(id, BOTH));
            long other = log.begin();
            log.abort(other);
            Step.at("a commit after the abort");
            assertThrows(IllegalArgumentException.class, () -> log.commit(other, BOTH));
        }
    }

    @Test
    @DisplayName("gives out no id twice, whatever crashes, and numbers them as the statement says")
    void ids() {
        for (int opening = 1; opening <= 3; opening++) {
            try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
                for (int i = 0; i < 3; i++) {
                    assertEquals(opening * FIRST + i, log.begin(), "id " + i + " of opening " + opening);
                }
            }
        }
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            assertEquals(4 * FIRST, log.begin(), "the first id of opening 4");
            Path crashed = disk.afterCrash(SurvivalMode.NOTHING, 1).root().resolve("log");
            try (CoordinatorLog after = CoordinatorLog.open(crashed, LARGE)) {
                assertEquals(5 * FIRST, after.begin(), "the first id after a power cut: opening 4 has given out one");
            }
        }
    }

    @Test
    @DisplayName("loses no decision when the power fails while it is opened, or while one file follows the other")
    void everyCrash() throws Exception {
        record Decided(Map<Long, Set<String>> waiting) {}
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withRecoveryCrashes(3, 4),
                run -> {
                    for (int opening = 0; opening < 3; opening++) {
                        try (CoordinatorLog log = CoordinatorLog.open(run.root().resolve("log"), 120)) {
                            for (int i = 0; i < 8; i++) {
                                long id = log.begin();
                                log.commit(id, BOTH);
                                run.ack(new Decided(log.waiting()));
                                log.acknowledge(id, "a");
                                if (i % 4 != 0) {
                                    log.acknowledge(id, "b");
                                }
                            }
                        }
                    }
                },
                crash -> {
                    try (CoordinatorLog log = CoordinatorLog.open(crash.root().resolve("log"), 120)) {
                        crash.recovered();
                        List<Object> past = crash.acknowledged();
                        if (past.isEmpty()) {
                            return;
                        }
                        Map<Long, Set<String>> wanted = new HashMap<>(((Decided) past.get(past.size() - 1)).waiting());
                        Long last = wanted.keySet().stream().max(Long::compare).orElseThrow();
                        wanted.keySet().removeIf(id -> id.equals(last)); // it may have been acknowledged since
                        for (Long id : wanted.keySet()) {
                            assertEquals(
                                    Outcome.COMMITTED, log.outcome(id), "the outcome of " + id + ", which waits for b");
                        }
                        long next = log.begin();
                        assertTrue(
                                next > last,
                                "the id " + next + " comes after " + last + ", which was given out before");
                    }
                });
    }

    @Test
    @DisplayName("is bounded by what waits: files follow each other, and older ones go")
    void bounded() throws IOException {
        try (CoordinatorLog log = CoordinatorLog.open(home, 500)) {
            long waits = log.begin();
            log.commit(waits, BOTH);
            for (int i = 0; i < 500; i++) {
                long id = log.begin();
                log.commit(id, BOTH);
                log.acknowledge(id, "a");
                log.acknowledge(id, "b");
            }
            assertEquals(Set.of(waits), log.waiting().keySet(), "what waits");
            long bytes = 0;
            for (Path file : CoordinatorLogLayout.files(home)) {
                bytes += Files.size(file);
            }
            assertTrue(bytes < 700, "after 500 commits, files of 500 bytes have " + bytes + " together");
            Map<Long, Set<String>> left = afterCrash(SurvivalMode.NOTHING);
            assertEquals(BOTH, left.get(waits), "who has not acknowledged the first commit, after a power cut");
            assertTrue(left.size() <= 2, "only the last END was not synced, but these wait after a power cut: " + left);
        }
    }

    @Test
    @DisplayName("begins the next file when one has exactly as many bytes as it may have")
    void exactlyFull() throws IOException {
        int commits = 20;
        long bytes;
        Path measured = disk.root().resolve("measured");
        try (CoordinatorLog log = CoordinatorLog.open(measured, LARGE)) {
            commit(log, commits);
            bytes = Files.size(CoordinatorLogLayout.files(measured).get(0)); // closing appends a record
        }
        for (int more = 0; more <= 1; more++) {
            Path directory = disk.root().resolve("log-" + more);
            try (CoordinatorLog log = CoordinatorLog.open(directory, bytes + more)) {
                commit(log, commits + 1);
                assertEquals(
                        more == 0 ? 2L : 1L,
                        CoordinatorLogLayout.number(
                                CoordinatorLogLayout.files(directory).get(0)),
                        "the number of the file after a further commit, when those before have left " + bytes + " of "
                                + (bytes + more) + " bytes");
            }
        }
    }

    private static void commit(CoordinatorLog log, int transactions) {
        for (int i = 0; i < transactions; i++) {
            log.commit(log.begin(), BOTH);
        }
    }

    @Test
    @DisplayName("does not begin a file for each commit when what waits is larger than the maximum")
    void manyWait() {
        try (CoordinatorLog log = CoordinatorLog.open(home, 500)) {
            long before = disk.counters().syncs();
            for (int i = 0; i < 200; i++) {
                log.commit(log.begin(), BOTH);
            }
            long syncs = disk.counters().syncs() - before;
            assertTrue(
                    syncs < 260,
                    "200 commits that all wait made " + syncs + " syncs: is a file begun for each of them?");
        }
    }

    @Test
    @DisplayName("takes no more commits after a failed one, which stays undecided; the next opening finds out")
    void failed() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long id = log.begin();
            long second = log.begin();
            disk.faults().failOnce(DiskCall.SYNC, 1);
            Step.at("a commit whose sync fails");
            assertThrows(StorageIoException.class, () -> log.commit(id, BOTH));
            assertEquals(Outcome.UNDECIDED, log.outcome(id), "the outcome of a commit whose sync has failed");
            Step.at("the next commit");
            assertThrows(StoreFailedException.class, () -> log.commit(second, BOTH));
        }
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            assertTrue(log.outcome(FIRST) != Outcome.UNDECIDED, "nothing is undecided when the log was opened");
        }
    }

    @Test
    @DisplayName("takes no more commits when the next file cannot be made")
    void failedFile() {
        try (CoordinatorLog log = CoordinatorLog.open(home, 1)) {
            log.commit(log.begin(), BOTH);
            long id = log.begin();
            disk.faults().failOnce(DiskCall.SYNC, 1);
            Step.at("a commit for which the next file is begun, whose sync fails");
            assertThrows(StorageIoException.class, () -> log.commit(id, BOTH));
            Step.at("the next commit");
            assertThrows(StoreFailedException.class, () -> log.commit(id, BOTH));
        }
    }

    @Test
    @DisplayName(
            "is an error when a record is damaged that had been on the disk, and can be opened when it is repaired")
    void damaged() throws IOException {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            log.commit(log.begin(), BOTH);
            log.commit(log.begin(), BOTH);
        }
        Path file = CoordinatorLogLayout.files(home).get(0);
        disk.faults().flipBit(file, 20, 3);
        Step.at("opening a log whose first record has a flipped bit");
        assertThrows(CorruptionException.class, () -> CoordinatorLog.open(home, LARGE));
        disk.faults().flipBit(file, 20, 3);
        Step.at("opening the log when the bit is right again");
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            assertEquals(2, log.waiting().size(), "transactions that wait");
        }
    }

    @Test
    @DisplayName("is open once at a time, closes twice, and hands out copies")
    void once() {
        CoordinatorLog log = CoordinatorLog.open(home, LARGE);
        Step.at("opening a log that is open");
        assertThrows(StorageIoException.class, () -> CoordinatorLog.open(home, LARGE));
        long id = log.begin();
        log.commit(id, BOTH);
        log.waiting().values().forEach(Set::clear);
        log.waiting().clear();
        assertEquals(Map.of(id, BOTH), log.waiting(), "what waits after a caller has changed its copy");
        log.close();
        log.close();
        assertEquals(0, disk.openFiles(), "files that are open when the log is closed");
        try (CoordinatorLog again = CoordinatorLog.open(home, LARGE)) {
            assertEquals(Map.of(id, BOTH), again.waiting(), "what waits");
        }
    }

    @Test
    @DisplayName("is right when four threads begin, commit and acknowledge")
    void threads() throws InterruptedException {
        Set<Long> ids = new ConcurrentSkipListSet<>();
        try (CoordinatorLog log = CoordinatorLog.open(home, 2000);
                Crew crew = new Crew()) {
            crew.start(4, "coordinator", () -> {
                for (int i = 0; i < 200; i++) {
                    long id = log.begin();
                    ids.add(id);
                    log.commit(id, BOTH);
                    log.acknowledge(id, "a");
                    log.acknowledge(id, "b");
                }
            });
            crew.join();
            assertEquals(800, ids.size(), "different ids of 800");
            assertEquals(Map.of(), log.waiting(), "what waits");
        }
    }

    private Map<Long, Set<String>> afterCrash(SurvivalMode mode) {
        try (CoordinatorLog left =
                CoordinatorLog.open(disk.afterCrash(mode, 1).root().resolve("log"), LARGE)) {
            return left.waiting();
        }
    }
}
