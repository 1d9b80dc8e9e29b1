// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a half-written list stays
public final class Recovery {
    private static final class Run {
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

            return live;
        }
    }
}
