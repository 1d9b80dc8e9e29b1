// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: logs whose entries are in tables already are replayed all the same, and bring back what was overwritten since
public final class Recovery {
    private static final class Run {
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
    }
}
