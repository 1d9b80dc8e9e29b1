package storagelab.grader.bench.lab04;

import storagelab.btree.MemoryPages;
import storagelab.btree.TreePages;

/** Pages in memory that count what is asked of them. */
final class CountingPages implements TreePages {
    private final MemoryPages pages;
    private long reads;
    private long edits;

    CountingPages(int pageSizeBytes) {
        this.pages = new MemoryPages(pageSizeBytes);
    }

    long reads() {
        return reads;
    }

    long edits() {
        return edits;
    }

    int pageCount() {
        return pages.pageCount();
    }

    @Override
    public int pageSizeBytes() {
        return pages.pageSizeBytes();
    }

    @Override
    public byte[] read(int page) {
        reads++;
        return pages.read(page);
    }

    @Override
    public int edit(int page) {
        edits++;
        return pages.edit(page);
    }

    @Override
    public int add(int kind) {
        return pages.add(kind);
    }

    @Override
    public void finish(int page) {
        pages.finish(page);
    }

    @Override
    public void free(int page, long born) {
        pages.free(page, born);
    }
}
