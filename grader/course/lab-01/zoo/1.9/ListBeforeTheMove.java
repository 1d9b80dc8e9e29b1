// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: the list without the damaged table is published before the table is moved, and after a crash in between the table is deleted as a leak
public final class Recovery {
    private static final class Run {
        private final List<Path> damaged = new ArrayList<>();

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
                    damaged.add(file);
                    quarantined.add(
                            new Quarantined(String.valueOf(file.getFileName()), String.valueOf(e.getMessage())));
                }
            }
            if (!quarantined.isEmpty()) {
                List<Long> remaining =
                        tables.stream().map(table -> table.info().number()).toList();
                list.publish(new PublishedTables(remaining, published.firstLog()));
            }
            damaged.forEach(this::quarantine);
        }
    }
}
