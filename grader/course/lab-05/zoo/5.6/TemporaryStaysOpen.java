// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: the temporary file stays open when its sync fails
final class Manifest implements Closeable {
    private static void makeCurrent(Path directory, long number, StatsRecorder stats) {
        Path temporary = LsmFileNames.temporary(directory, number);
        String name = LsmFileNames.manifest(directory, number).getFileName().toString();
        try {
            Files.deleteIfExists(temporary);
            StoreFile file = StoreFile.create(temporary, stats);
            file.append(Slice.utf8(name + "\n"));
            file.sync();
            file.close();
            Files.move(temporary, directory.resolve(LsmFileNames.CURRENT), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("making " + name + " the current manifest", e);
        }
        Directories.sync(directory, stats);
    }
}
