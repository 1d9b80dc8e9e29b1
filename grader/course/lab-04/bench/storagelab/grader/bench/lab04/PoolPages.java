package storagelab.grader.bench.lab04;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.file.StatsRecorder;
import storagelab.page.PageFile;
import storagelab.page.PageLayout;

/** A page file of which every page says its number a second time, behind the head. */
final class PoolPages {
    static final int FIRST_PAGE = PageLayout.META_PAGES;

    private PoolPages() {}

    /** A new file with {@code count} pages from {@link #FIRST_PAGE} on. */
    static PageFile create(Path path, int count, StatsRecorder stats) {
        PageFile file = PageFile.create(path, PageLayout.DEFAULT_PAGE_BYTES, stats);
        List<byte[]> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(page(FIRST_PAGE + i));
        }
        file.writeRun(FIRST_PAGE, pages);
        return file;
    }

    /** The bytes of a page. */
    static byte[] page(int number) {
        byte[] bytes = PageLayout.newPage(PageLayout.DEFAULT_PAGE_BYTES, PageLayout.LEAF, 1);
        PageLayout.putLong(bytes, PageLayout.HEAD_BYTES, number);
        return bytes;
    }

    /** Which page it is that these bytes are. */
    static long number(byte[] bytes) {
        return PageLayout.getLong(bytes, PageLayout.HEAD_BYTES);
    }
}
