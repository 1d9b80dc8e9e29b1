// exercise: 5.6
// type: storagelab.manifest.VersionSet
// verdict: caught
// because: the next file number is written before the manifest takes one itself: two files get the same
public final class VersionSet {
    private void rewrite(Version version, VersionEdit last, ManifestFormat format) {
        last.setNextFileNumber(peekFileNumber());
        long number = newFileNumber();
        Manifest before = manifest;
        Manifest.Whole whole = new Manifest.Whole(whole(version, last, format), format);
        manifest = Manifest.create(directory, number, whole, stats);
        manifestNumber = number;
        if (before != null) {
            before.close();
            StoreFile.delete(LsmFileNames.manifest(directory, before.number()));
        }
    }
}
