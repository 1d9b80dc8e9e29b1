package storagelab.twophase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;

@Tag("7.10")
class CoordinatorLogTest {
    private static final long FIRST = 1L << 32;
    private static final long LARGE = 1 << 20;
    private static final Set<String> BOTH = Set.of("orders", "prices");

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("coordinator");

    @Test
    @DisplayName("a commit is one sync and stays until all have acknowledged; an abort writes nothing")
    void decisions() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long committed = log.begin();
            long aborted = log.begin();
            assertThat("before the decision", log.outcome(committed), is(Outcome.UNDECIDED));
            long before = disk.counters().syncs();
            log.commit(committed, BOTH);
            assertThat("syncs of a commit", disk.counters().syncs() - before, is(1L));
            int operations = disk.operations().size();
            log.abort(aborted);
            assertThat("operations on the disk for an abort", disk.operations().size() - operations, is(0));
            log.acknowledge(committed, "prices");
            assertThat("after the commit", log.outcome(committed), is(Outcome.COMMITTED));
            assertThat("after the abort", log.outcome(aborted), is(Outcome.ABORTED));
            log.acknowledge(committed, "orders");
            assertThat("syncs of END", disk.counters().syncs() - before, is(1L));
            assertThat("when all have acknowledged", log.waiting(), is(anEmptyMap()));
        }
    }

    @Test
    @DisplayName("what waits is there after each opening, and no id is given out twice")
    void reopening() {
        for (int opening = 1; opening <= 3; opening++) {
            try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
                long id = log.begin();
                assertThat("the first id of opening " + opening, id, is(opening * FIRST));
                assertThat(
                        "transactions that wait at opening " + opening,
                        log.waiting().keySet(),
                        hasSize(opening - 1));
                log.commit(id, BOTH);
            }
        }
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            assertThat("what waits", log.waiting(), is(Map.of(FIRST, BOTH, 2 * FIRST, BOTH, 3 * FIRST, BOTH)));
        }
    }

    @Test
    @DisplayName("a thousand commits that are acknowledged leave a log as small as its maximum, and one file")
    void bounded() throws IOException {
        try (CoordinatorLog log = CoordinatorLog.open(home, 1000)) {
            for (int i = 0; i < 1000; i++) {
                long id = log.begin();
                log.commit(id, BOTH);
                log.acknowledge(id, "prices");
                log.acknowledge(id, "orders");
            }
            List<Path> files = CoordinatorLogLayout.files(home);
            assertThat("files", files, hasSize(1));
            assertThat(
                    "bytes of a log whose files have at most about 1000",
                    Files.size(files.get(0)),
                    is(lessThan(1100L)));
        }
    }

    @Test
    @DisplayName(
            "after a failed sync the outcome is not known, and the log takes no more commits until it is opened again")
    void failedSync() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            long id = log.begin();
            disk.faults().failOnce(DiskCall.SYNC, 1);
            assertThrows(StorageIoException.class, () -> log.commit(id, BOTH));
            assertThat("a commit that failed", log.outcome(id), is(Outcome.UNDECIDED));
            assertThrows(StoreFailedException.class, () -> log.commit(id, BOTH));
        }
    }

    @Test
    @DisplayName("a log that is open is not opened again")
    void openTwice() {
        try (CoordinatorLog log = CoordinatorLog.open(home, LARGE)) {
            assertThrows(StorageIoException.class, () -> CoordinatorLog.open(home, LARGE));
            assertThat("ids go on", log.begin(), is(FIRST));
        }
    }
}
