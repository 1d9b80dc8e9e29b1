// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: the file that becomes CURRENT is renamed before it is synced, and may be empty after a crash
final class Manifest {
    private static void makeCurrent(Path directory, long number, StatsRecorder stats) {
        Path temporary = LsmFileNames.temporary(directory, number);
        String name = LsmFileNames.manifest(directory, number).getFileName().toString();
        try {
            Files.deleteIfExists(temporary);
            try (StoreFile file = StoreFile.create(temporary, stats)) {
                file.append(Slice.utf8(name + "\n"));
            }
            Files.move(temporary, directory.resolve(LsmFileNames.CURRENT), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("making " + name + " the current manifest", e);
        }
        Directories.sync(directory, stats);
    }
}
