// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: a damaged meta page is passed over for the other one, and a checkpoint that was acknowledged is silently gone
public final class PageFile {
    public static PageFile open(Path file, StatsRecorder stats) {
        StoreFile opened = StoreFile.openForWriting(file, stats);
        try {
            MetaPage even = MetaSectors.read(opened, 0, 0);
            MetaPage odd = even;
            try {
                odd = MetaSectors.read(opened, 1, even.pageSizeBytes());
            } catch (CorruptionException damaged) {
                // there is the other one
            }
            PageFile pages = new PageFile(opened, stats, odd.checkpoint() > even.checkpoint() ? odd : even);
            pages.checkLength();
            pages.writeAndSync(pages.meta);
            return pages;
        } catch (RuntimeException | Error e) {
            try (opened) {
                throw e;
            }
        }
    }
}
