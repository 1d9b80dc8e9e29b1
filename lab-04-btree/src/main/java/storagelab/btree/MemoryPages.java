package storagelab.btree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * Pages in a map: a tree without a file, for tests and experiments. A page that was freed and is used all the same is
 * an error.
 *
 * <p>Concurrency: one thread.
 */
public final class MemoryPages implements TreePages {
    private final int pageSizeBytes;
    private final Map<Integer, byte[]> pages = new HashMap<>();
    private final Set<Integer> changeable = new HashSet<>();
    private final Set<Integer> frozen = new HashSet<>();
    private int lastPage = 1;
    private long reads;
    private long edits;
    private long adds;

    /** No pages yet. */
    public MemoryPages(int pageSizeBytes) {
        this.pageSizeBytes = pageSizeBytes;
    }

    @Override
    public int pageSizeBytes() {
        return pageSizeBytes;
    }

    @Override
    public byte[] read(int page) {
        reads++;
        byte[] bytes = pages.get(page);
        if (bytes == null) {
            throw new IllegalArgumentException("there is no page " + page + ": it was freed, or never added");
        }
        return bytes;
    }

    @Override
    public int edit(int page) {
        edits++;
        if (changeable.contains(page)) {
            return page;
        }
        int copy = take(read(page).clone());
        drop(page);
        return copy;
    }

    @Override
    public int add(int kind) {
        adds++;
        byte[] bytes = new byte[pageSizeBytes];
        SlottedPage.format(bytes, kind);
        return take(bytes);
    }

    @Override
    public void finish(int page) {
        changeable.remove(page);
    }

    @Override
    public void free(int page, long born) {
        read(page);
        changeable.remove(page);
        drop(page);
    }

    /** Ends the change: from now on {@link #edit} copies every page that there is. */
    public void endChange() {
        changeable.clear();
    }

    /** Ends the change and keeps every page there is now, so that the tree as it is now can be walked ever after. */
    public void freeze() {
        endChange();
        frozen.addAll(pages.keySet());
    }

    /** Number of pages. */
    public int pageCount() {
        return pages.size();
    }

    /** How often a page was read. */
    public long reads() {
        return reads;
    }

    /** How often a page was made one that may be changed, whether it was one before or not. */
    public long edits() {
        return edits;
    }

    /** How often a page was added. */
    public long adds() {
        return adds;
    }

    private void drop(int page) {
        if (!frozen.contains(page)) {
            pages.remove(page);
        }
    }

    private int take(byte[] bytes) {
        int page = ++lastPage;
        PageLayout.putInt(bytes, PageLayout.NUMBER_OFFSET, page);
        pages.put(page, bytes);
        changeable.add(page);
        return page;
    }
}
