// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: the file is made under its name, and a crash before the first sync leaves a file that is not one
public final class PageFile {
    public static PageFile create(Path file, int pageSizeBytes, StatsRecorder stats) {
        MetaPage empty = MetaPage.empty(pageSizeBytes);
        try (StoreFile made = StoreFile.create(file, stats)) {
            ByteBuffer pages = ByteBuffer.allocate(META_PAGES * pageSizeBytes);
            for (int page = 0; page < META_PAGES; page++) {
                pages.put(page * pageSizeBytes, MetaSectors.bytes(empty));
            }
            made.write(0, pages);
            made.sync();
        }
        return new PageFile(StoreFile.openForWriting(file, stats), stats, empty);
    }
}
