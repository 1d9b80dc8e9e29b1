// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: the checksum begins behind the head, so that a changed bit in the version or the kind of a page goes unnoticed
public final class PageFile {
    private static int checksum(byte[] page) {
        return Crc32c.of(page, PageLayout.HEAD_BYTES, page.length - PageLayout.HEAD_BYTES);
    }
}
