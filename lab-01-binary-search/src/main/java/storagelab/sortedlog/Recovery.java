package storagelab.sortedlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.codec.MalformedBytesException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Solution;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.sortedlog.RecoveryReport.Quarantined;

/** Brings a durable store back to where it was, whenever and however it stopped. */
public final class Recovery {
    /**
     * What a store goes on from.
     *
     * @param tables the tables in use, open, the newest first
     * @param firstLog as in the published list
     * @param memtable what the logs hold
     * @param logs the logs that hold it, the oldest first
     * @param nextFileNumber greater than the number of any file that is or was in the directory, and at least {@code
     *     firstLog}
     * @param report what was found
     */
    public record Recovered(
            List<SortedTable> tables,
            long firstLog,
            Memtable memtable,
            List<Path> logs,
            long nextFileNumber,
            RecoveryReport report) {}

    private Recovery() {}

    /**
     * Finds out what the store in {@code directory} consists of, and puts the directory in order. The directory is there,
     * and locked. It may be in any state that a crash can leave, also a crash of an earlier recovery.
     *
     * <ol>
     *   <li><em>List.</em> {@linkplain Directories#sync Sync} the directory, then {@linkplain DurableTableList#read read} the
     *       published list. (If the process was killed after the rename, the list that you read is not on disk yet, and you
     *       are about to delete what it replaces.) If there is no list, and no log or table either, the store is new: publish
     *       {@link PublishedTables#NONE} before anything else is created. If there is none but there are logs or tables, the
     *       list was lost, and everything would count as leaked: throw.
     *   <li><em>Leaks.</em> Delete what a crash left behind: tables that are not listed, logs with a number below {@code
     *       firstLog}, {@link FileNames#TABLE_LIST_TEMPORARY}. Leave files alone whose names are not a store's.
     *   <li><em>Tables.</em> Open the listed tables, in the order of the list. One that is missing, or that {@link
     *       SortedTable#open} finds damaged, goes to {@code quarantine/} under its own name (create the directory with
     *       {@link Directories#create}; sync both directories after the move), and into the report. If there was any,
     *       publish the list without it: after the move, because a table that is not listed is a leak.
     *   <li><em>Logs.</em> {@linkplain RecordLog#replay Replay} those that are left, by ascending number, into the memtable:
     *       each record is what {@link EntryCodec#encodeAll} made of a batch. Only the log with the highest number may have a torn
     *       tail, because a log is synced and closed before the next one is created; in any other, it is damage.
     *   <li><em>Tail.</em> {@linkplain StoreFile#settle Settle} the newest log at its valid bytes, even if it has no torn tail:
     *       records that you have read from it may not be on disk, if the process was killed. A power cut could later take
     *       them away and leave those of the next log, and what survives would not be a prefix. Then delete logs without any
     *       records; they are not among the {@link Recovered#logs}, nor leaks.
     * </ol>
     *
     * <p>Example: the list has tables 7 and 4, {@code firstLog} 8. The directory has {@code 000003.log}, {@code
     * 000004.table}, {@code 000007.table}, {@code 000008.log} (two batches, then half of one: 10 bytes) and {@code
     * 000009.table}. Recovered are tables [7, 4], firstLog 8, the entries of the two batches, logs [{@code 000008.log}],
     * nextFileNumber 10, and the report: 2 tables, none quarantined, 2 records, 10 torn bytes, leaks [{@code
     * 000003.log}, {@code 000009.table}].
     *
     * <p>Leaks are reported by ascending number, {@code TABLES.tmp} last. Numbers of files in quarantine count as used,
     * too.
     *
     * <p>Cost: footer and index of each table, each log once; no data block of any table. So opening takes time in the
     * number of tables, not of records; a log is never much larger than a memtable.
     *
     * @throws CorruptionException if the list is lost or damaged, or a log is damaged. Nothing is guessed and no
     *     log is deleted but those that leaked; tables that were opened are closed
     */
    @Exercise(
            id = "1.9",
            title = "Recover from any crash",
            points = 12,
            difficulty = Difficulty.HARD,
            hours = 5,
            needs = {"1.3", "1.4", "1.5", "1.6", "1.7"})
    public static Recovered recover(Path directory, StatsRecorder stats) {
        Run run = new Run(directory, stats);
        try {
            return run.recover();
        } catch (RuntimeException | Error e) {
            run.tables.forEach(SortedTable::close);
            throw e;
        }
    }

    /** One recovery, and what it has found so far. */
    @Solution
    private static final class Run {
        private final Path directory;
        private final StatsRecorder stats;
        private final DurableTableList list;
        private final List<SortedTable> tables = new ArrayList<>();
        private final List<Quarantined> quarantined = new ArrayList<>();
        private final List<String> removedLeaks = new ArrayList<>();
        private final Memtable memtable = new MapMemtable();
        private final List<Path> logs = new ArrayList<>();
        private long replayedRecords;
        private long tornBytes;

        Run(Path directory, StatsRecorder stats) {
            this.directory = directory;
            this.stats = stats;
            this.list = new DurableTableList(directory, stats);
        }

        Recovered recover() {
            Directories.sync(directory, stats);
            List<Path> files = FileNames.numbered(directory);
            PublishedTables published = readList(files);
            long nextFileNumber = Math.max(published.firstLog(), 1 + Math.max(highest(files), highestInQuarantine()));

            List<Path> live = removeLeaks(files, published);
            openTables(published);
            replayLogs(live.stream().filter(FileNames::isLog).toList());

            RecoveryReport report =
                    new RecoveryReport(tables.size(), quarantined, replayedRecords, tornBytes, removedLeaks);
            return new Recovered(tables, published.firstLog(), memtable, logs, nextFileNumber, report);
        }

        private PublishedTables readList(List<Path> files) {
            return list.read().orElseGet(() -> {
                if (!files.isEmpty()) {
                    throw new CorruptionException(
                            directory.resolve(FileNames.TABLE_LIST),
                            0,
                            "a list of tables, because there is " + files.get(0).getFileName(),
                            "no such file");
                }
                list.publish(PublishedTables.NONE);
                return PublishedTables.NONE;
            });
        }

        /** Deletes files that the list has no use for and returns the others. */
        private List<Path> removeLeaks(List<Path> files, PublishedTables published) {
            Set<Long> listed = new HashSet<>(published.newestFirst());
            List<Path> live = new ArrayList<>();
            for (Path file : files) {
                long number = FileNames.number(file).orElseThrow();
                if (FileNames.isLog(file) ? number >= published.firstLog() : listed.contains(number)) {
                    live.add(file);
                } else {
                    removeLeak(file);
                }
            }
            Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
            if (Files.exists(temporary)) {
                removeLeak(temporary);
            }
            return live;
        }

        private void removeLeak(Path file) {
            StoreFile.delete(file);
            removedLeaks.add(String.valueOf(file.getFileName()));
        }

        private void openTables(PublishedTables published) {
            for (long number : published.newestFirst()) {
                Path file = FileNames.table(directory, number);
                if (!Files.exists(file)) {
                    quarantined.add(new Quarantined(String.valueOf(file.getFileName()), "the file is missing"));
                    continue;
                }
                try {
                    tables.add(SortedTable.open(file, number, stats));
                } catch (CorruptionException e) {
                    quarantine(file);
                    quarantined.add(
                            new Quarantined(String.valueOf(file.getFileName()), String.valueOf(e.getMessage())));
                }
            }
            if (!quarantined.isEmpty()) {
                List<Long> remaining =
                        tables.stream().map(table -> table.info().number()).toList();
                list.publish(new PublishedTables(remaining, published.firstLog()));
            }
        }

        private void quarantine(Path file) {
            Path quarantine = directory.resolve(FileNames.QUARANTINE);
            Directories.create(quarantine, stats);
            try {
                Files.move(file, quarantine.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new StorageIoException("moving " + file + " to " + quarantine, e);
            }
            Directories.sync(quarantine, stats);
            Directories.sync(directory, stats);
        }

        private void replayLogs(List<Path> oldestFirst) {
            for (int i = 0; i < oldestFirst.size(); i++) {
                Path log = oldestFirst.get(i);
                RecordLog.Replayed replayed = replay(log);
                boolean newest = i == oldestFirst.size() - 1;
                if (replayed.tornBytes() > 0 && !newest) {
                    throw new CorruptionException(
                            log,
                            replayed.validBytes(),
                            "whole records, because " + oldestFirst.get(i + 1).getFileName() + " was begun after it",
                            replayed.tornBytes() + " bytes that are none");
                }
                if (replayed.records() > 0) {
                    logs.add(log);
                }
                if (newest) {
                    tornBytes = replayed.tornBytes();
                    StoreFile.settle(log, replayed.validBytes(), stats);
                }
                replayedRecords += replayed.records();
            }
            oldestFirst.stream().filter(log -> !logs.contains(log)).forEach(StoreFile::delete);
        }

        private RecordLog.Replayed replay(Path log) {
            try {
                return RecordLog.replay(
                        log, record -> EntryCodec.decodeAll(record).forEach(memtable::put));
            } catch (MalformedBytesException e) {
                throw new CorruptionException(log, 0, "records that are batches", String.valueOf(e.getMessage()));
            }
        }

        private long highestInQuarantine() {
            Path quarantine = directory.resolve(FileNames.QUARANTINE);
            return Files.isDirectory(quarantine) ? highest(FileNames.numbered(quarantine)) : 0;
        }

        private static long highest(List<Path> byNumber) {
            OptionalLong last =
                    byNumber.isEmpty() ? OptionalLong.empty() : FileNames.number(byNumber.get(byNumber.size() - 1));
            return last.orElse(0);
        }
    }
}
