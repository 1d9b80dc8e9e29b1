// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: a page that a failed sync has lost is read back as it was before, whole, and taken for the new one
public final class PageFile implements Closeable {
    public byte[] read(int page) {
        long offset = offsetOf(page);
        stats.increment(Metric.BLOCKS_READ);
        byte[] bytes = readBytes(page, offset);
        int expected = PageLayout.crc(bytes);
        int actual = checksum(bytes);
        if (actual != expected) {
            throw new CorruptionException(
                    path(), offset, "page %d with checksum %08x".formatted(page, expected), "%08x".formatted(actual));
        }
        if (PageLayout.number(bytes) != page) {
            throw new CorruptionException(path(), offset, "page " + page, "page " + PageLayout.number(bytes));
        }
        return bytes;
    }
}
