// exercise: 5.6
// type: storagelab.manifest.TextManifest
// verdict: caught
// because: the list is renamed into place and the directory is not synced: an edit that was acknowledged is gone
public final class TextManifest {
    private void replace(String text) {
        Path temporary = directory.resolve(TEMPORARY);
        try {
            Files.deleteIfExists(temporary);
            try (StoreFile file = StoreFile.create(temporary, stats)) {
                file.append(Slice.utf8(text));
                file.sync();
            }
            Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("replacing " + directory.resolve(NAME), e);
        }
    }
}
