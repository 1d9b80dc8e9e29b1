// exercise: 5.6
// type: storagelab.manifest.Manifest
// verdict: caught
// because: an edit is in the operating system's hands when append returns, and gone after a power cut
final class Manifest {
    void append(VersionEdit edit) {
        log.append(edit.encode(format));
    }
}
