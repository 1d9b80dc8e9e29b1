// exercise: 5.6
// type: storagelab.manifest.VersionSet
// verdict: caught
// because: the manifest is never begun anew, and says after a month what a thousand merges have long taken away
public final class VersionSet {
    private boolean isOvergrown(Manifest log, Version version, VersionEdit last) {
        return false;
    }
}
