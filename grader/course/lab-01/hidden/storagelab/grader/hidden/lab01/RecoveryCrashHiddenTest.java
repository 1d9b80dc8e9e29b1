package storagelab.grader.hidden.lab01;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.DurableTableList;
import storagelab.sortedlog.PublishedTables;
import storagelab.sortedlog.Recovery;
import storagelab.sortedlog.Recovery.Recovered;
import storagelab.sortedlog.SortedTable;
import storagelab.testkit.Seeds;

/** Exercise 1.9: recoveries that are cut off themselves, and recovered from. */
@Tag("1.9")
class RecoveryCrashHiddenTest {
    private static final String DAMAGED = "000006.table";

    @Test
    @DisplayName("a damaged table is never lost, whenever recovery is cut off: it is where it was, or in quarantine")
    void damagedTableSurvivesACrashOfRecovery() throws Exception {
        byte[] damaged = damagedTable();
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(Seeds.base()).withRandomImages(4),
                disk -> {
                    writeStore(disk, damaged);
                    disk.ack("the store is on disk");
                    close(Recovery.recover(disk.root(), new StatsRecorder()));
                },
                crash -> {
                    if (!crash.acknowledged().isEmpty()) {
                        checkNothingIsLost(crash, damaged);
                    }
                });
    }

    @Test
    @DisplayName("a list that a kill left unsynced is on disk before what it replaces is deleted, at every crash")
    void listIsOnDiskBeforeLeaksGo() throws Exception {
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(Seeds.base()).withRandomImages(4),
                disk -> {
                    StoreFiles files = new StoreFiles(disk);
                    files.table(1, Entries.value("a", "1"))
                            .table(2, Entries.value("b", "2"))
                            .table(3, Entries.value("a", "1"), Entries.value("b", "2"))
                            .list(4, 2L, 1L);
                    disk.syncAll();
                    disk.ack("tables 2 and 1 are on disk, and table 3, into which they were merged");
                    Path next = disk.root().resolve("TABLES.tmp");
                    Bytes.write(next, TableListHiddenTest.encode(new PublishedTables(List.of(3L), 4)));
                    Bytes.syncFile(next);
                    Files.move(next, disk.root().resolve("TABLES"), StandardCopyOption.ATOMIC_MOVE);
                    close(Recovery.recover(disk.root(), new StatsRecorder()));
                },
                crash -> {
                    if (!crash.acknowledged().isEmpty()) {
                        Recovered recovered = Recovery.recover(crash.root(), new StatsRecorder());
                        close(recovered);
                        crash.recovered();
                        assertEquals(
                                List.of(),
                                recovered.report().quarantined(),
                                "tables that are missing after a crash of the recovery of a store whose newest list"
                                        + " was not on disk: sync the directory before anything is deleted");
                    }
                });
    }

    private static void checkNothingIsLost(CrashPoint crash, byte[] damaged) throws Exception {
        Path root = crash.root();
        Path inPlace = root.resolve(DAMAGED);
        Path aside = root.resolve("quarantine").resolve(DAMAGED);
        assertTrue(
                isThere(inPlace, damaged) || isThere(aside, damaged),
                DAMAGED + " is damaged, and after a crash of the recovery it is gone: put it into quarantine before the"
                        + " list without it is published");
        Recovered again = Recovery.recover(root, new StatsRecorder());
        close(again);
        crash.recovered();
        assertTrue(
                isThere(aside, damaged),
                DAMAGED + " is damaged, and after a crash of the recovery and another recovery it is not in quarantine:"
                        + " was it taken for a leak? (leaks: " + again.report().removedLeaks() + ")");
        assertEquals(
                Optional.of(new PublishedTables(List.of(8L, 2L), 9)),
                new DurableTableList(root, new StatsRecorder()).read(),
                "the list after tables 8, 6 and 2, of which 6 is damaged, were recovered twice");
    }

    private static boolean isThere(Path file, byte[] bytes) throws Exception {
        return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static byte[] damagedTable() {
        byte[] table = TableBytes.encode(6, List.of(Entries.value("b", "of table 6")));
        table[table.length - 1] ^= 1;
        return table;
    }

    /** Tables 8, 6 and 2, the damaged one in the middle, and a log with a batch; all of it on disk. */
    private static void writeStore(CrashDisk disk, byte[] damaged) {
        StoreFiles files = new StoreFiles(disk);
        files.table(8, Entries.value("a", "of table 8"))
                .table(2, Entries.value("a", "of table 2"))
                .closedLog(9, List.of(Entries.value("c", "of log 9")));
        Bytes.write(files.tableFile(6), damaged);
        files.list(9, 8L, 6L, 2L);
        disk.syncAll();
    }

    private static void close(Recovered recovered) {
        recovered.tables().forEach(SortedTable::close);
    }
}
