// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: a manifest with runs has the name of the order in the same edit as tag 64: LevelDB calls it damaged, and does not say why it refuses
final class Manifest {
    static Manifest create(Path directory, long number, Whole whole, StatsRecorder stats) {
        ChannelLogOutput output = new ChannelLogOutput(LsmFileNames.manifest(directory, number), stats);
        Manifest created = new Manifest(output, number, whole.format);
        try {
            created.append(whole.edit);
            Directories.sync(directory, stats);
            makeCurrent(directory, number, stats);
            return created;
        } catch (RuntimeException | Error e) {
            try (created) {
                throw e;
            }
        }
    }
}
