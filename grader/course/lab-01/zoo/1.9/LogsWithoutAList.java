// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: logs without a list are replayed, and only tables without a list are refused
public final class Recovery {
    private static final class Run {
        private PublishedTables readList(List<Path> files) {
            return list.read().orElseGet(() -> {
                if (files.stream().anyMatch(file -> !FileNames.isLog(file))) {
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
    }
}
