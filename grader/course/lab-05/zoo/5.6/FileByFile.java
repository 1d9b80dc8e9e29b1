// exercise: 5.6
// type: storagelab.manifest.VersionSet
// verdict: accepted
// because: what is needed is decided file by file with plain conditions, and the manifest is begun anew a little earlier
public final class VersionSet {
    private boolean isOvergrown(Manifest log, Version version, VersionEdit last) {
        last.setNextFileNumber(peekFileNumber());
        long whole = whole(version, last, log.format()).encode(log.format()).length();
        return log.sizeBytes() > REWRITE_BYTES - 1000 && log.sizeBytes() > 4 * whole;
    }

    public void removeUnneeded() {
        for (Path file : LsmFileNames.list(directory)) {
            LsmFileNames.Parsed parsed = LsmFileNames.parse(file).orElse(null);
            if (parsed == null) {
                continue;
            }
            boolean leaked = parsed.kind() == LsmFileNames.Kind.TEMPORARY;
            leaked |= parsed.kind() == LsmFileNames.Kind.LOG && parsed.number() < logNumber;
            leaked |= parsed.kind() == LsmFileNames.Kind.MANIFEST && parsed.number() < manifestNumber;
            leaked |= parsed.kind() == LsmFileNames.Kind.TABLE
                    && current.files().stream().noneMatch(table -> table.number() == parsed.number());
            if (leaked) {
                StoreFile.delete(file);
            }
        }
    }
}
