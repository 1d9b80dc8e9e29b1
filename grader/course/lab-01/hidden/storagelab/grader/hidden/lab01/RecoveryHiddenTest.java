package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.DurableTableList;
import storagelab.sortedlog.EntryCodec;
import storagelab.sortedlog.PublishedTables;
import storagelab.sortedlog.Recovery;
import storagelab.sortedlog.Recovery.Recovered;
import storagelab.sortedlog.RecoveryReport;
import storagelab.sortedlog.RecoveryReport.Quarantined;
import storagelab.sortedlog.SortedTable;

/** Exercise 1.9: what recovery makes of a directory. */
@Tag("1.9")
class RecoveryHiddenTest {
    private static final String TASK =
            "files 3.log, 4.table, 7.table, 8.log (10 torn bytes), 9.table; listed 7 and 4, logs from 8 on: ";
    private static final byte[] NO_TAIL = {};
    private static final byte[] TAIL = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    private final CrashDisk disk = CrashDisk.create();
    private final StoreFiles files = new StoreFiles(disk);
    private final Path directory = disk.root();
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("the example of the task: two tables, a log with a torn tail, an old log and a table nobody lists")
    void exampleOfTheTask() {
        files.list(8, 7L, 4L)
                .closedLog(3, List.of(Entries.value("a", "of log 3")))
                .table(4, Entries.value("a", "of table 4"), Entries.value("b", "of table 4"))
                .table(7, Entries.value("b", "of table 7"))
                .crashedLog(
                        8,
                        TAIL,
                        List.of(Entries.value("c", "1"), Entries.tombstone("b")),
                        List.of(Entries.value("c", "2")))
                .table(9, Entries.value("z", "of table 9"));
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(List.of(7L, 4L), numbers(recovered), TASK + "tables, the newest first");
        assertEquals(8, recovered.firstLog(), TASK + "firstLog");
        assertEquals(
                List.of(Entries.tombstone("b"), Entries.value("c", "2")),
                ImmutableList.copyOf(recovered.memtable().entries()),
                TASK + "entries in the memtable");
        assertEquals(List.of("000008.log"), names(recovered.logs()), TASK + "logs that hold the memtable");
        assertEquals(10, recovered.nextFileNumber(), TASK + "nextFileNumber");
        assertEquals(
                new RecoveryReport(2, List.of(), 2, 10, List.of("000003.log", "000009.table")),
                recovered.report(),
                TASK + "report");
        assertFalse(Files.exists(files.logFile(3)), TASK + "a log below firstLog is still there");
        assertFalse(Files.exists(files.tableFile(9)), TASK + "a table that is not listed is still there");
        close(recovered);
    }

    @Test
    @DisplayName("a new directory becomes an empty store whose list is on disk")
    void newDirectory() {
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(List.of(), numbers(recovered), "tables of a new store");
        assertTrue(recovered.memtable().isEmpty(), "the memtable of a new store has entries");
        assertEquals(List.of(), recovered.logs(), "logs of a new store");
        assertEquals(new RecoveryReport(0, List.of(), 0, 0, List.of()), recovered.report(), "report on a new store");
        assertEquals(Optional.of(PublishedTables.NONE), readList(directory), "the list of a new store");
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
        assertEquals(Optional.of(PublishedTables.NONE), readList(rebooted.root()), "the list after a power cut");
    }

    @Test
    @DisplayName(
            "logs are replayed by ascending number, so that later writes win, and those without records are deleted")
    void severalLogs() {
        files.list(2)
                .closedLog(10, List.of(Entries.value("a", "newest"), Entries.value("d", "10")))
                .closedLog(9)
                .closedLog(2, List.of(Entries.value("a", "oldest"), Entries.value("b", "2")))
                .closedLog(3, List.of(Entries.value("a", "middle"), Entries.tombstone("b")))
                .crashedLog(11, NO_TAIL);
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(
                List.of(Entries.value("a", "newest"), Entries.tombstone("b"), Entries.value("d", "10")),
                ImmutableList.copyOf(recovered.memtable().entries()),
                "entries after logs 2, 3, 9, 10 and 11");
        assertEquals(
                List.of("000002.log", "000003.log", "000010.log"),
                names(recovered.logs()),
                "logs with records among 2, 3, 9, 10 and 11, of which 9 and 11 are empty");
        assertEquals(
                new RecoveryReport(0, List.of(), 3, 0, List.of()),
                recovered.report(),
                "report on logs 2, 3, 9, 10 and 11, of which 9 and 11 are empty");
        assertEquals(12, recovered.nextFileNumber(), "nextFileNumber when the highest file is 000011.log");
        assertFalse(Files.exists(files.logFile(9)), "a log without records is still there");
        assertFalse(Files.exists(files.logFile(11)), "an empty log is still there");
    }

    @Test
    @DisplayName("a log may end at any byte of its last record: the batches before it are there, the tail is cut off")
    void tornAtEveryByte() {
        LogBytes last = new LogBytes();
        last.add(0, EntryCodec.encodeAll(List.of(Entries.value("c", "3"), Entries.value("d", "4"))));
        for (int length = 0; length < last.size(); length++) {
            CrashDisk crashed = CrashDisk.create();
            StoreFiles crashedFiles = new StoreFiles(crashed)
                    .list(1)
                    .crashedLog(
                            1,
                            Bytes.resized(last.toByteArray(), length),
                            List.of(Entries.value("a", "1")),
                            List.of(Entries.value("b", "2")));
            String input = "two whole batches and " + length + " of " + last.size() + " bytes of a third";
            Recovered recovered = Recovery.recover(crashed.root(), stats);
            assertEquals(
                    List.of(Entries.value("a", "1"), Entries.value("b", "2")),
                    ImmutableList.copyOf(recovered.memtable().entries()),
                    input + ": entries");
            assertEquals(new RecoveryReport(0, List.of(), 2, length, List.of()), recovered.report(), input);
            assertEquals(
                    2,
                    LogBytes.frames(Bytes.read(crashedFiles.logFile(1))).size(),
                    input + ": records in the log afterwards, with nothing behind them");
        }
    }

    @Test
    @DisplayName("what the newest log held when the process was killed is on disk after recovery")
    void newestLogIsSynced() {
        files.list(1);
        Bytes.syncFile(directory.resolve("TABLES"));
        Bytes.write(files.logFile(1), NO_TAIL);
        Bytes.syncDirectory(directory);
        files.crashedLog(1, NO_TAIL, List.of(Entries.value("a", "1")));
        close(Recovery.recover(directory, stats));
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
        Recovered again = Recovery.recover(rebooted.root(), stats);
        assertEquals(
                List.of(Entries.value("a", "1")),
                ImmutableList.copyOf(again.memtable().entries()),
                "entries after recovery from a kill and then a power cut");
    }

    @Test
    @DisplayName("a list that was published right before a kill is on disk before anything that it replaces is deleted")
    void listIsOnDiskBeforeLeaksAreDeleted() throws IOException {
        files.list(5, 4L).table(4, Entries.value("a", "1")).table(7, Entries.value("a", "1"));
        disk.syncAll();
        Path next = directory.resolve("TABLES.tmp");
        Bytes.write(next, TableListHiddenTest.encode(new PublishedTables(List.of(7L), 5)));
        Bytes.syncFile(next);
        Files.move(next, directory.resolve("TABLES"), StandardCopyOption.ATOMIC_MOVE);
        close(Recovery.recover(directory, stats));
        for (int seed = 0; seed < 64; seed++) {
            CrashDisk rebooted = disk.afterCrash(SurvivalMode.RANDOM, seed);
            Recovered again = Recovery.recover(rebooted.root(), stats);
            assertEquals(
                    List.of(),
                    again.report().quarantined(),
                    "tables missing after recovery from a kill, which deleted a table that is not listed any more, and"
                            + " then a power cut: was the list on disk before?");
            close(again);
        }
    }

    @Test
    @DisplayName("a torn tail in a log that is not the newest is damage, and no log is deleted")
    void tornTailInAnOlderLog() {
        files.list(1, 9L)
                .table(9, Entries.value("z", "1"))
                .crashedLog(1, TAIL, List.of(Entries.value("a", "1")))
                .crashedLog(2, NO_TAIL, List.of(Entries.value("b", "2")));
        assertRefused("log 1 has a torn tail, and log 2 was begun after it", "000001.log");
    }

    @Test
    @DisplayName("damage in the middle of a log is reported, and no log is deleted")
    void damagedLog() {
        files.list(1).closedLog(1, List.of(Entries.value("a", "1")), List.of(Entries.value("b", "2")));
        Bytes.write(files.logFile(1), Bytes.flipped(Bytes.read(files.logFile(1)), 8 * 18));
        assertRefused("a bit of the first record of a closed log turned over", "000001.log");
    }

    @Test
    @DisplayName("a record that is no batch is damage")
    void recordThatIsNoBatch() {
        LogBytes log = new LogBytes();
        log.add(0, "no batch");
        files.list(1);
        Bytes.write(files.logFile(1), log.toByteArray());
        assertRefused("a log with the record \"no batch\", checksum right", "000001.log");
    }

    @Test
    @DisplayName("a list that is lost is not an empty list: recovery throws, and deletes nothing")
    void lostList() {
        files.table(4, Entries.value("a", "1")).closedLog(5, List.of(Entries.value("b", "2")));
        assertRefused("a table and a log, and no list", "TABLES");
        assertTrue(Files.exists(files.tableFile(4)), "a table was deleted although the list was lost");
    }

    @Test
    @DisplayName("a table alone, or a log alone, is enough to know that the list was lost")
    void lostLogsOrTables() {
        files.table(4, Entries.value("a", "1"));
        assertRefused("a table, and neither a log nor a list", "TABLES");
        assertTrue(Files.exists(files.tableFile(4)), "a table was deleted although the list was lost");
        Bytes.delete(files.tableFile(4));
        files.closedLog(5, List.of(Entries.value("b", "2")));
        assertRefused("a log, and neither a table nor a list", "TABLES");
    }

    @Test
    @DisplayName("tables come in the order of the list, which need not be that of their numbers")
    void tablesInTheOrderOfTheList() {
        files.list(20, 4L, 9L, 7L)
                .table(4, Entries.value("a", "newest"))
                .table(9, Entries.value("a", "older"))
                .table(7, Entries.value("a", "oldest"));
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(List.of(4L, 9L, 7L), numbers(recovered), "tables when the list has 4, 9 and 7");
        close(recovered);
    }

    @Test
    @DisplayName("tables that were opened are closed when a log turns out to be damaged")
    void openedTablesAreClosed() {
        files.list(5, 4L).table(4, Entries.value("a", "1"));
        LogBytes log = new LogBytes();
        log.add(0, "no batch");
        Bytes.write(files.logFile(5), log.toByteArray());
        assertRefused("a table, and a log with the record \"no batch\"", "000005.log");
    }

    @Test
    @DisplayName("a damaged list is reported, and nothing is deleted")
    void damagedList() {
        files.list(5, 4L).table(4, Entries.value("a", "1")).closedLog(5, List.of(Entries.value("b", "2")));
        Path list = directory.resolve("TABLES");
        Bytes.write(list, Bytes.flipped(Bytes.read(list), 100));
        assertRefused("a list with one bit turned over", "TABLES");
        assertTrue(Files.exists(files.tableFile(4)), "a table was deleted although the list was damaged");
    }

    @Test
    @DisplayName(
            "damaged and missing tables go to quarantine with a report, the others stay in use, and the list says so")
    void quarantine() {
        files.list(9, 8L, 6L, 4L, 2L)
                .table(8, Entries.value("a", "of table 8"))
                .table(6, Entries.value("a", "of table 6"))
                .table(2, Entries.value("a", "of table 2"));
        byte[] damaged = Bytes.read(files.tableFile(6));
        damaged[damaged.length - 1] ^= 1;
        Bytes.write(files.tableFile(6), damaged);
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(List.of(8L, 2L), numbers(recovered), "tables in use when 6 is damaged and 4 is missing");
        assertEquals(
                2,
                recovered.report().tablesOpened(),
                "tablesOpened when of 8, 6, 4 and 2 table 6 is damaged and 4 is missing");
        List<Quarantined> quarantined = recovered.report().quarantined();
        assertEquals(
                List.of("000006.table", "000004.table"),
                quarantined.stream().map(Quarantined::file).toList(),
                "files reported when of tables 8, 6, 4 and 2 table 6 is damaged and 4 is missing");
        assertThat("reason for a missing file", quarantined.get(1).reason(), containsString("missing"));
        assertTrue(!quarantined.get(0).reason().isBlank(), "a damaged table is reported without a reason");
        assertFalse(Files.exists(files.tableFile(6)), "the damaged table is still in the directory of the store");
        Path aside = directory.resolve("quarantine").resolve("000006.table");
        assertTrue(Files.exists(aside), "the damaged table is not in quarantine under its own name");
        assertThat("the damaged table in quarantine", Bytes.read(aside), sameBytesAs(damaged));
        assertEquals(
                Optional.of(new PublishedTables(List.of(8L, 2L), 9)),
                readList(directory),
                "the list on disk after tables 6 and 4 were put aside");
        close(recovered);
        Recovered again = Recovery.recover(directory, stats);
        assertEquals(List.of(), again.report().quarantined(), "quarantined by a second recovery");
        assertEquals(List.of(8L, 2L), numbers(again), "tables 8 and 2 after a second recovery");
        close(again);
    }

    @Test
    @DisplayName("a table in quarantine survives a power cut, and its number is not used again")
    void quarantineIsDurable() {
        files.list(3, 20L).table(20, Entries.value("a", "1"));
        byte[] damaged = Bytes.flipped(Bytes.read(files.tableFile(20)), 8 * 30);
        Bytes.write(files.tableFile(20), Bytes.resized(damaged, damaged.length - 3));
        disk.syncAll();
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(21, recovered.nextFileNumber(), "nextFileNumber when table 20 went to quarantine");
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
        assertTrue(
                Files.exists(rebooted.root().resolve("quarantine").resolve("000020.table")),
                "the table in quarantine is gone after a power cut");
        Recovered again = Recovery.recover(rebooted.root(), stats);
        assertEquals(List.of(), again.report().quarantined(), "quarantined after a power cut");
        assertEquals(21, again.nextFileNumber(), "nextFileNumber after a power cut");
    }

    @Test
    @DisplayName("files whose names are not a store's are left alone, a half-written list is removed")
    void foreignFilesAndTemporaryList() {
        files.list(5, 4L).table(4, Entries.value("a", "1"));
        List<String> foreign = List.of("README", "000003.log.bak", "3.table", "notes.table", "LOCK");
        foreign.forEach(name -> Bytes.write(directory.resolve(name), TAIL));
        Bytes.write(directory.resolve("TABLES.tmp"), TAIL);
        files.closedLog(1, List.of(Entries.value("z", "old")));
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(
                List.of("000001.log", "TABLES.tmp"),
                recovered.report().removedLeaks(),
                "leaks that were removed, when firstLog is 5 and there are 000001.log, TABLES.tmp, README,"
                        + " 000003.log.bak, 3.table, notes.table and LOCK");
        foreign.forEach(
                name -> assertTrue(Files.exists(directory.resolve(name)), "the file " + name + " of somebody is gone"));
        assertFalse(Files.exists(directory.resolve("TABLES.tmp")), "TABLES.tmp is still there");
        close(recovered);
    }

    @Test
    @DisplayName(
            "opening costs footer and index of each table, whatever number of records they hold, and no data block")
    void costOfOpening() {
        long fewRecords = bytesReadToOpen(10, 40);
        long manyRecords = bytesReadToOpen(10, 4000);
        assertThat(
                "10 tables of 4000 records instead of 40 (" + fewRecords + " bytes read)",
                manyRecords,
                atMost(10 * 30_000L, "bytes read", "open tables by footer and index, and read no data block"));
        assertEquals(0, stats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ by recovery");
    }

    @Test
    @DisplayName("the number of the next file is above all that are or were in use, and at least firstLog")
    void nextFileNumber() {
        files.list(50, 4L).table(4, Entries.value("a", "1"));
        Recovered recovered = Recovery.recover(directory, stats);
        assertEquals(50, recovered.nextFileNumber(), "nextFileNumber with table 4 and firstLog 50");
        close(recovered);
        files.table(77, Entries.value("leak", "1"));
        recovered = Recovery.recover(directory, stats);
        assertEquals(78, recovered.nextFileNumber(), "nextFileNumber when the leaked table 77 was removed");
        close(recovered);
    }

    @Test
    @DisplayName("recovering twice gives what recovering once gave")
    void twice() {
        files.list(3, 2L)
                .table(2, Entries.value("a", "1"))
                .crashedLog(3, TAIL, List.of(Entries.value("b", "2")), List.of(Entries.tombstone("a")));
        Recovered first = Recovery.recover(directory, stats);
        List<Entry> entries = ImmutableList.copyOf(first.memtable().entries());
        close(first);
        Recovered second = Recovery.recover(directory, stats);
        assertEquals(entries, ImmutableList.copyOf(second.memtable().entries()), "entries after a second recovery");
        assertEquals(numbers(first), numbers(second), "tables after a second recovery");
        assertEquals(new RecoveryReport(1, List.of(), 2, 0, List.of()), second.report(), "report of a second recovery");
        close(second);
    }

    private long bytesReadToOpen(int tables, int records) {
        CrashDisk other = CrashDisk.create();
        StoreFiles otherFiles = new StoreFiles(other);
        Long[] numbers = new Long[tables];
        for (int i = 0; i < tables; i++) {
            numbers[i] = (long) (tables - i);
            Bytes.write(
                    otherFiles.tableFile(numbers[i]), TableBytes.encode(numbers[i], Entries.oddNumbered(records, 100)));
        }
        otherFiles.list(tables + 1, numbers);
        DiskCounters before = other.counters();
        Recovered recovered = Recovery.recover(other.root(), stats);
        assertEquals(List.of(numbers), numbers(recovered), "tables, the newest first");
        close(recovered);
        return other.counters().since(before).bytesRead();
    }

    private void assertRefused(String input, String fileName) {
        List<Path> logs = Stores.logs(directory);
        List<Slice> contents = contents(logs);
        assertThat(input, () -> Recovery.recover(directory, stats), findsDamageIn(fileName));
        assertEquals(logs, Stores.logs(directory), input + ": logs afterwards");
        assertEquals(contents, contents(logs), input + ": bytes of the logs afterwards");
        assertEquals(0, disk.openFiles(), input + ": files left open");
    }

    private static List<Slice> contents(List<Path> logs) {
        return logs.stream().map(log -> Slice.wrap(Bytes.read(log))).toList();
    }

    private static Optional<PublishedTables> readList(Path directory) {
        return new DurableTableList(directory, new StatsRecorder()).read();
    }

    private static List<Long> numbers(Recovered recovered) {
        List<Long> numbers = new ArrayList<>();
        recovered.tables().forEach(table -> numbers.add(table.info().number()));
        return numbers;
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(path -> String.valueOf(path.getFileName())).toList();
    }

    private static void close(Recovered recovered) {
        recovered.tables().forEach(SortedTable::close);
    }
}
