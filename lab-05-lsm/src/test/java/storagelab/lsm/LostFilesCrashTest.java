package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.CorruptionException;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;

/** What is in the directory {@code lost}, and that it is there, wherever a recovery or a repair is interrupted. */
class LostFilesCrashTest {
    private static final LsmOptions OPTIONS = LsmOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND);
    private static final Slice KEY = Slice.utf8("key");
    private static final Slice OLD = Slice.utf8("old");
    private static final Slice NEW = Slice.utf8("new");
    private static final String REPAIRED = "repaired";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "a damaged log was neither in the store nor in lost, if a killed process had copied it and the power was cut later")
    void damagedLogIsSomewhere(boolean isCopied) throws Exception {
        CrashDisk disk = CrashDisk.create();
        try (LsmStore store = LsmStore.open(disk.root(), OPTIONS)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            store.put(Slice.utf8("b"), Slice.utf8("2"));
        }
        Path log = files(disk.root(), ".log").get(0);
        byte[] damaged = Files.readAllBytes(log);
        damaged[damaged.length - 1] ^= 1; // in the second of two records
        Files.write(log, damaged);
        disk.syncAll();
        if (isCopied) {
            Path lost = disk.root().resolve(LostFiles.NAME);
            Directories.create(lost, new StatsRecorder());
            Files.copy(log, lost.resolve(log.getFileName())); // and nothing has synced it
        }
        int first = disk.operations().size();
        LsmStore.open(disk.root(), OPTIONS).close();
        CrashReport report =
                CrashExplorer.explore(CrashExplorerOptions.defaults().withFirstOperation(first), disk, crash -> {
                    assertIsSomewhere(crash.root(), damaged);
                    try (LsmStore store = LsmStore.open(crash.root(), OPTIONS)) {
                        assertThat("get(a)", store.get(Slice.utf8("a")), is(Optional.of(Slice.utf8("1"))));
                    }
                    assertIsSomewhere(crash.root(), damaged);
                });
        assertThat("crashes tried", report.images(), is(greaterThan(20L)));
    }

    /**
     * A repair in a store with a log that the manifest did not need any more: its only write is older than the one in the
     * table, which has greater sequences than the log.
     */
    @Test
    @DisplayName(
            "after a crash of a repair, its store read old logs again, older than its tables, or deleted a damaged file")
    void oldLogsWereNeededAfterARepair() throws Exception {
        CrashDisk disk = CrashDisk.create();
        byte[] oldLog;
        Path log;
        try (LsmStore store = LsmStore.open(disk.root(), OPTIONS)) {
            store.put(KEY, OLD);
            log = files(disk.root(), ".log").get(0);
            oldLog = Files.readAllBytes(log);
            store.put(KEY, NEW);
            store.flush();
        }
        Files.write(log, oldLog); // as if the crash had come before it was deleted
        Files.delete(disk.root().resolve("CURRENT"));
        byte[] damaged = "not a table, nor ever was one".getBytes(UTF_8);
        Files.write(disk.root().resolve("000001.ldb"), damaged);
        disk.syncAll();
        int first = disk.operations().size();
        LsmRepair.repair(disk.root(), OPTIONS);
        disk.ack(REPAIRED);
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults().withFirstOperation(first).withRandomImages(8), disk, crash -> {
                    assertNew(crash); // which opens the store, and so deletes files that it does not need
                    assertIsSomewhere(crash.root(), damaged);
                });
        assertThat("crashes tried", report.images(), is(greaterThan(50L)));
    }

    private static void assertNew(CrashPoint crash) {
        boolean isRepaired = crash.acknowledged().contains(REPAIRED);
        try (LsmStore store = LsmStore.open(crash.root(), OPTIONS)) {
            assertThat("get", store.get(KEY), is(Optional.of(NEW)));
            return;
        } catch (CorruptionException e) {
            assertThat("refused after the repair: " + e.getMessage(), isRepaired, is(false));
        }
        LsmRepair.repair(crash.root(), OPTIONS);
        try (LsmStore store = LsmStore.open(crash.root(), OPTIONS)) {
            assertThat("get after a second repair", store.get(KEY), is(Optional.of(NEW)));
        }
    }

    /** Fails unless a file of the store or of its directory {@code lost} has these bytes. */
    private static void assertIsSomewhere(Path home, byte[] bytes) throws IOException {
        List<Slice> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Slice.wrap(Files.readAllBytes(file)));
            }
        }
        assertThat("files of the store and of lost", contents, hasItem(Slice.wrap(bytes)));
    }

    private static List<Path> files(Path home, String ending) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
