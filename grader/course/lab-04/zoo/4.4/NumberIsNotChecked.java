// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: a page is whole and so it is taken for the right one: another page that was written to its place is not noticed
public final class PageFile {
    public byte[] read(int page) {
        long offset = offsetOf(page);
        if (failure != null && unsynced.contains(page)) {
            throw new StorageIoException("reading page " + page, new IOException("a sync has failed"));
        }
        stats.increment(FileMetrics.BLOCKS_READ);
        byte[] bytes = readBytes(page, offset);
        if (PageLayout.crc(bytes) != checksum(bytes)) {
            throw new CorruptionException(path(), offset, "page " + page + " with its checksum", "another checksum");
        }
        return bytes;
    }
}
