// exercise: 5.6
// type: storagelab.manifest.VersionSet
// verdict: caught
// because: an edit says the last sequence that gets see, and without a log a crash loses writes that the manifest counts
public final class VersionSet {
    public void apply(VersionEdit edit) {
        Version next = current.with(edit);
        ManifestFormat format = next.fitsLevelDb() ? preferred : ManifestFormat.RUNS;
        if (format == ManifestFormat.LEVELDB) {
            next = next.withoutRuns();
        }
        if (edit.logNumber().isEmpty()) {
            edit.setLogNumber(logNumber);
        }
        edit.setPreviousLogNumber(0).setLastSequence(lastSequence);
        Manifest log = manifest;
        if (log == null || log.format() != format || isOvergrown(log, next, edit)) {
            rewrite(next, edit, format);
        } else {
            edit.setNextFileNumber(peekFileNumber());
            log.append(edit);
        }
        logNumber = edit.logNumber().orElseThrow();
        edit.compactPointers().forEach(pointer -> compactPointers.put(pointer.level(), pointer.key()));
        current = next;
    }
}
