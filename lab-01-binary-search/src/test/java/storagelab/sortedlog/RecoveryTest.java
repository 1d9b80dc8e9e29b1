package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;

@Tag("1.9")
class RecoveryTest {
    private static final SortedLogOptions OPTIONS = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root();
    private final StatsRecorder stats = new StatsRecorder();
    private final DurableTableList list = new DurableTableList(directory, stats);

    @Test
    @DisplayName("the table list is byte for byte that of notes/formats/table-list.md, and is read back")
    void listFormat() throws IOException {
        PublishedTables tables = new PublishedTables(List.of(9L, 300L), 11);
        assertThat("read() before anything was published", list.read(), is(Optional.empty()));
        list.publish(tables);
        assertThat(
                "TABLES after publish(tables 9 and 300, logs from 11 on)",
                Files.readAllBytes(directory.resolve("TABLES")),
                sameBytesAs(FormatExamples.bytes(FormatExamples.TABLE_LIST)));
        assertThat("read() after publish(tables 9 and 300, logs from 11 on)", list.read(), is(Optional.of(tables)));
    }

    @Test
    @DisplayName("a changed bit in the table list is damage, and the store is not opened on a guess")
    void damagedList() throws IOException {
        list.publish(new PublishedTables(List.of(9L), 11));
        for (int offset = 0; offset < Files.size(directory.resolve("TABLES")); offset++) {
            disk.faults().flipBit(directory.resolve("TABLES"), offset, 0);
            assertThat(
                    "read() with bit 0 of byte " + offset + " of TABLES changed", list::read, findsDamageIn("TABLES"));
            assertThrows(
                    CorruptionException.class,
                    () -> Recovery.recover(directory, stats),
                    "recover() with bit 0 of byte " + offset + " of TABLES changed");
            disk.faults().flipBit(directory.resolve("TABLES"), offset, 0);
        }
    }

    @Test
    @DisplayName("the worked example: two tables, a torn log, three leaks")
    void example() throws IOException {
        list.publish(new PublishedTables(List.of(7L, 4L), 8));
        writeTable(4, "a");
        writeTable(7, "b");
        writeTable(9, "leaked");
        writeLog(3, "obsolete");
        long whole = writeLog(8, "c", "d");
        appendTo(FileNames.log(directory, 8), new byte[10]);

        Recovery.Recovered recovered = Recovery.recover(directory, stats);

        assertThat(
                "tables",
                recovered.tables().stream().map(table -> table.info().number()).toList(),
                is(List.of(7L, 4L)));
        assertThat(
                "entries in the recovered memtable: of the two whole batches",
                recovered.memtable().count(),
                is(2));
        assertThat("logs that hold the memtable", recovered.logs(), is(List.of(FileNames.log(directory, 8))));
        assertThat("nextFileNumber, when 000009.table was the highest", recovered.nextFileNumber(), is(10L));
        assertThat(
                recovered.report(), is(new RecoveryReport(2, List.of(), 2, 10, List.of("000003.log", "000009.table"))));
        assertThat("size of the log without its tail", Files.size(FileNames.log(directory, 8)), is(whole));
        assertThat("the leaked table is there", Files.exists(FileNames.table(directory, 9)), is(false));
    }

    @Test
    @DisplayName("a damaged table goes to quarantine with a report; the rest of the store is there")
    void quarantine() throws IOException {
        try (SortedLogStore store = SortedLogStore.open(directory, OPTIONS)) {
            store.put(Slice.utf8("old"), Slice.utf8("1"));
            store.flush();
            store.put(Slice.utf8("new"), Slice.utf8("2"));
            store.flush();
        }
        Path damaged = FileNames.table(
                directory, list.read().orElseThrow().newestFirst().get(0));
        disk.faults().flipBit(damaged, Files.size(damaged) - 1, 0);
        for (int opened = 1; opened <= 2; opened++) {
            try (SortedLogStore store = SortedLogStore.open(directory, OPTIONS)) {
                assertThat(
                        "tables put aside by opening number " + opened,
                        store.recoveryReport().quarantined().size(),
                        is(opened == 1 ? 1 : 0));
                assertThat("of the table that is not damaged", store, holds("old", "1"));
                assertThat("of the damaged table", store, hasNothingUnder("new"));
            }
        }
        assertThat(
                "the damaged file is kept in quarantine/",
                Files.exists(directory
                        .resolve("quarantine")
                        .resolve(damaged.getFileName().toString())),
                is(true));
    }

    @Test
    @DisplayName("opening reads a footer and an index for each table, and no data block")
    void costOfOpening() {
        Slice value = Slice.wrap(new byte[4000]);
        try (SortedLogStore store = SortedLogStore.open(directory, OPTIONS)) {
            for (int i = 0; i < 200; i++) {
                store.put(Slice.utf8("key" + i), value);
            }
            store.flush();
        }
        DiskCounters before = disk.counters();
        try (SortedLogStore store = SortedLogStore.open(directory, OPTIONS)) {
            assertThat("BLOCKS_READ after opening", store.stats().get(FileMetrics.BLOCKS_READ), is(0L));
            assertThat(
                    "bytes read to open a store of 800,000",
                    disk.counters().since(before).bytesRead(),
                    is(lessThan(20_000L)));
        }
    }

    @Test
    @DisplayName("half a record in a log that is not the newest is damage: that log was closed")
    void tornInTheMiddle() throws IOException {
        list.publish(new PublishedTables(List.of(), 1));
        writeLog(1, "a");
        appendTo(FileNames.log(directory, 1), new byte[10]);
        writeLog(2, "b");
        assertThat(
                "logs 1 and 2, ten bytes that are no record at the end of log 1",
                () -> Recovery.recover(directory, stats),
                findsDamageIn("000001.log"));
    }

    @Test
    @DisplayName("when the list is lost nothing is deleted: the store is not opened")
    void lostList() throws IOException {
        writeTable(4, "a");
        assertThat(
                "a directory with table 4 and no TABLES",
                () -> Recovery.recover(directory, stats),
                findsDamageIn("TABLES"));
        assertThat(
                "the table of a store without a list is still there",
                Files.exists(FileNames.table(directory, 4)),
                is(true));
    }

    @Test
    @DisplayName(
            "what a new list replaces is deleted only when the new list is on disk, also if publishing was cut short")
    void killedWhilePublishing() {
        writeTable(1, "a");
        list.publish(new PublishedTables(List.of(1L), 1));
        writeTable(2, "a");
        disk.syncAll();
        disk.faults().failOnce(DiskCall.DIRECTORY_SYNC, 1);
        assertThrows(
                StorageIoException.class,
                () -> list.publish(new PublishedTables(List.of(2L), 1)),
                "publish, when the sync of the directory fails");

        Recovery.recover(directory, stats).tables().forEach(SortedTable::close);
        for (int seed = 0; seed < 50; seed++) {
            CrashDisk survivor = disk.afterCrash(SurvivalMode.RANDOM, seed);
            Recovery.Recovered recovered = Recovery.recover(survivor.root(), stats);
            assertThat(
                    "tables put aside after a random crash with seed " + seed,
                    recovered.report().quarantined(),
                    is(List.of()));
            assertThat(
                    "tables opened after a random crash with seed " + seed,
                    recovered.report().tablesOpened(),
                    is(1));
        }
    }

    @Test
    @DisplayName("a store that is open cannot be opened a second time")
    void openTwice() {
        try (SortedLogStore store = SortedLogStore.open(directory, OPTIONS)) {
            StorageIoException e = assertThrows(
                    StorageIoException.class,
                    () -> SortedLogStore.open(directory, OPTIONS),
                    "opening a store that is open");
            assertThat("the message says why", e.getMessage(), containsString("open"));
            store.put(Slice.utf8("a"), Slice.utf8("1"));
        }
        SortedLogStore.open(directory, OPTIONS).close();
    }

    private void writeTable(long number, String key) {
        try (SortedTableBuilder builder =
                SortedTableBuilder.create(FileNames.table(directory, number), number, stats)) {
            builder.add(Entry.value(Slice.utf8(key), Slice.utf8("value")));
            builder.finish();
        }
    }

    /** A log with one batch for each key; returns its size. */
    private long writeLog(long number, String... keys) {
        RecordLog log = RecordLog.create(FileNames.log(directory, number), stats);
        for (String key : keys) {
            log.append(EntryCodec.encodeAll(List.of(Entry.value(Slice.utf8(key), Slice.utf8("value")))));
        }
        return log.sizeBytes();
    }

    private static void appendTo(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }
}
