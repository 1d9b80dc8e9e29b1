// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: reading stops at the first damage and takes what came before for everything
final class Manifest {
    static List<VersionEdit> read(Path manifest, StatsRecorder stats) {
        if (Files.notExists(manifest)) {
            throw new CorruptionException(manifest, 0, "the manifest that CURRENT names", "no file");
        }
        List<VersionEdit> edits = new ArrayList<>();
        List<LogReader.Damage> damages = new ArrayList<>();
        try (StoreFile file = StoreFile.openForReading(manifest, stats)) {
            LogReader reader = new LogReader(file, damages::add);
            for (Slice record = reader.next(); record != null && damages.isEmpty(); record = reader.next()) {
                edits.add(decoded(manifest, record));
            }
        }
        return edits;
    }
}
