// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: the log with the number firstLog is deleted
public final class Recovery {
    private static final class Run {
        private List<Path> removeLeaks(List<Path> files, PublishedTables published) {
            Set<Long> listed = new HashSet<>(published.newestFirst());
            List<Path> live = new ArrayList<>();
            for (Path file : files) {
                long number = FileNames.number(file).orElseThrow();
                if (FileNames.isLog(file) ? number > published.firstLog() : listed.contains(number)) {
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
