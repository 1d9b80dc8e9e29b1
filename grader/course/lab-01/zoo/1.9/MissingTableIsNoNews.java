// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a table that is missing is left out and not reported
public final class Recovery {
    private static final class Run {
        private void openTables(PublishedTables published) {
            for (long number : published.newestFirst()) {
                Path file = FileNames.table(directory, number);
                if (!Files.exists(file)) {

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
    }
}
