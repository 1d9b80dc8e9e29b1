// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a new store gets no list
public final class Recovery {
    private static final class Run {
        private PublishedTables readList(List<Path> files) {
            return list.read().orElseGet(() -> {
                if (!files.isEmpty()) {
                    throw new CorruptionException(
                            directory.resolve(FileNames.TABLE_LIST),
                            0,
                            "a list of tables, because there is " + files.get(0).getFileName(),
                            "no such file");
                }

                return PublishedTables.NONE;
            });
        }
    }
}
