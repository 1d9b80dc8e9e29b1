// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: open builds upon a checkpoint that it has read from the operating system's memory and that may not be on the disk
public final class PageFile {
    public static PageFile open(Path file, StatsRecorder stats) {
        StoreFile opened = StoreFile.openForWriting(file, stats);
        try {
            MetaPage even = MetaSectors.read(opened, 0, 0);
            MetaPage odd = MetaSectors.read(opened, 1, even.pageSizeBytes());
            if (odd.pageSizeBytes() != even.pageSizeBytes()) {
                throw new CorruptionException(file, even.pageSizeBytes(), "meta page 1 with the same page size", "another");
            }
            PageFile pages = new PageFile(opened, stats, odd.checkpoint() > even.checkpoint() ? odd : even);
            pages.checkLength();
            return pages;
        } catch (RuntimeException | Error e) {
            try (opened) {
                throw e;
            }
        }
    }
}
