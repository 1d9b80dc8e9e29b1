// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: the list still names the tables that were put aside
public final class Recovery {
    private static final class Run {
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

        }
    }
}
