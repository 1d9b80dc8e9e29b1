// exercise: 5.6
// type: storagelab.manifest.VersionSet
// verdict: caught
// because: the version is published before its edit is on the disk, and stays though the edit failed
public final class VersionSet {
    public void apply(VersionEdit edit) {
        Version next = current.with(edit);
        ManifestFormat format = next.fitsLevelDb() ? preferred : ManifestFormat.RUNS;
        if (format == ManifestFormat.LEVELDB) {
            next = next.withoutRuns();
        }
        current = next;
        if (edit.logNumber().isEmpty()) {
            edit.setLogNumber(logNumber);
        }
        edit.setPreviousLogNumber(0).setLastSequence(lastSequence);
        logNumber = edit.logNumber().orElseThrow();
        Manifest log = manifest;
        if (log == null || log.format() != format || isOvergrown(log, next, edit)) {
            rewrite(next, edit, format);
        } else {
            edit.setNextFileNumber(peekFileNumber());
            log.append(edit);
        }
        edit.compactPointers().forEach(pointer -> compactPointers.put(pointer.level(), pointer.key()));
    }
}
