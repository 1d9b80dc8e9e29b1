// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: every checkpoint is written over the one before, and a crash in the middle leaves neither
public final class PageFile {
    private void writeAndSync(MetaPage record) {
        file.write(0, ByteBuffer.wrap(MetaSectors.bytes(record)));
        syncPages();
    }
}
