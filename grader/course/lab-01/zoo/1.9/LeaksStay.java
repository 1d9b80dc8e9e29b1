// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: tables that nobody lists stay in the directory, and every crash leaves a few more
public final class Recovery {
    private static final class Run {
        private void removeLeak(Path file) {
            removedLeaks.add(String.valueOf(file.getFileName()));
        }
    }
}
