// exercise: 5.6
// type: storagelab.manifest.VersionSet
// verdict: caught
// because: every table that the manifest does not name is removed, under old names those that it does name, too
public final class VersionSet {
    public void removeUnneeded() {
        Set<Path> needed = new HashSet<>();
        current.files().forEach(file -> needed.add(LsmFileNames.table(directory, file.number())));
        for (Path file : LsmFileNames.list(directory)) {
            LsmFileNames.parse(file).ifPresent(parsed -> {
                boolean isNeeded = switch (parsed.kind()) {
                    case LOG -> parsed.number() >= logNumber;
                    case TABLE -> needed.contains(file);
                    case MANIFEST -> parsed.number() >= manifestNumber;
                    case TEMPORARY -> false;
                };
                if (!isNeeded) {
                    StoreFile.delete(file);
                }
            });
        }
    }
}
