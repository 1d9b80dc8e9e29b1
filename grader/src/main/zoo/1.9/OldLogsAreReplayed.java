// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: logs whose entries are in tables already are replayed all the same, and bring back what was overwritten since
public final class Recovery {
    private static final class Run {
        private final Path directory;
        private final StatsRecorder stats;
        private final DurableTableList list;
        private final List<SortedTable> tables = new ArrayList<>();
        private final List<Quarantined> quarantined = new ArrayList<>();
        private final List<String> removedLeaks = new ArrayList<>();
        private final Memtable memtable = new Memtable();
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
                if (FileNames.isLog(file) || listed.contains(number)) {
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
            FileNames.delete(file);
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
            oldestFirst.stream().filter(log -> !logs.contains(log)).forEach(FileNames::delete);
        }

        private RecordLog.Replayed replay(Path log) {
            try {
                return RecordLog.replay(log, record -> Entry.decodeAll(record).forEach(memtable::put));
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
