// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: CURRENT is written over where it stands: when the power goes in the middle it names nothing
final class Manifest {
    private static void makeCurrent(Path directory, long number, StatsRecorder stats) {
        String name = LsmFileNames.manifest(directory, number).getFileName().toString();
        try (java.nio.channels.FileChannel file = java.nio.channels.FileChannel.open(
                directory.resolve(LsmFileNames.CURRENT),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE,
                java.nio.file.StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(Slice.utf8(name + "\n").asByteBuffer());
            file.force(true);
        } catch (IOException e) {
            throw new StorageIoException("making " + name + " the current manifest", e);
        }
        Directories.sync(directory, stats);
    }
}
