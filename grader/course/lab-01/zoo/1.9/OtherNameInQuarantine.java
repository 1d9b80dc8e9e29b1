// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: a damaged table gets another name in quarantine
public final class Recovery {
    private static final class Run {
        private void quarantine(Path file) {
            Path quarantine = directory.resolve(FileNames.QUARANTINE);
            Directories.create(quarantine, stats);
            try {
                Files.move(file, quarantine.resolve(file.getFileName() + ".damaged"), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new StorageIoException("moving " + file + " to " + quarantine, e);
            }
            Directories.sync(quarantine, stats);
            Directories.sync(directory, stats);
        }
    }
}
