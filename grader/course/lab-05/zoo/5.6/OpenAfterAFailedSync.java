// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: a manifest whose directory could not be synced stays open
final class Manifest implements Closeable {
    static Manifest create(Path directory, long number, Whole whole, StatsRecorder stats) {
        ChannelLogOutput output = new ChannelLogOutput(LsmFileNames.manifest(directory, number), stats);
        Manifest created = new Manifest(output, number, whole.format);
        try {
            created.append(whole.edit);
        } catch (RuntimeException | Error e) {
            try (created) {
                throw e;
            }
        }
        Directories.sync(directory, stats);
        makeCurrent(directory, number, stats);
        return created;
    }
}
