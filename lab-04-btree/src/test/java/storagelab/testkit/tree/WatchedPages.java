package storagelab.testkit.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import storagelab.btree.MemoryPages;
import storagelab.btree.TreePages;
import storagelab.page.PageLayout;

/**
 * Pages in memory that notice what is done to them: how many are read, copied and added, and who writes without asking.
 * Every operation is a version of its own, in which the pages that it makes are born.
 */
public final class WatchedPages implements TreePages {
    private final MemoryPages pages;
    private final Map<Integer, byte[]> asTheyWere = new HashMap<>();
    private final Set<Integer> changeable = new HashSet<>();
    private final Set<Integer> read = new HashSet<>();
    private int readCalls;
    private int copied;
    private int added;
    private long version;

    /** No pages yet, of the given size. */
    public WatchedPages(int pageSizeBytes) {
        this.pages = new MemoryPages(pageSizeBytes);
    }

    @Override
    public int pageSizeBytes() {
        return pages.pageSizeBytes();
    }

    @Override
    public byte[] read(int page) {
        byte[] bytes = pages.read(page);
        readCalls++;
        read.add(page);
        if (!changeable.contains(page)) {
            asTheyWere.computeIfAbsent(page, first -> bytes.clone());
        }
        return bytes;
    }

    @Override
    public int edit(int page) {
        read(page);
        int copy = pages.edit(page);
        if (changeable.add(copy)) {
            copied++;
            PageLayout.setBorn(pages.read(copy), version);
        }
        return copy;
    }

    @Override
    public int add(int kind) {
        int page = pages.add(kind);
        changeable.add(page);
        PageLayout.setBorn(pages.read(page), version);
        added++;
        return page;
    }

    @Override
    public void finish(int page) {
        pages.finish(page);
    }

    @Override
    public void free(int page, long born) {
        checkAsItWas(page);
        if (born != PageLayout.born(pages.read(page))) {
            throw new AssertionError(
                    "free(" + page + ", " + born + "), which was born in " + PageLayout.born(pages.read(page)));
        }
        pages.free(page, born);
    }

    /** Begins an operation. */
    public void begin() {
        pages.endChange();
        asTheyWere.clear();
        changeable.clear();
        read.clear();
        readCalls = 0;
        copied = 0;
        added = 0;
        version++;
    }

    /** Keeps every page there is now. */
    public void freeze() {
        pages.freeze();
    }

    /** Fails if a page has changed since {@link #begin} that was not made for the operation. */
    public void checkOthersAsTheyWere() {
        asTheyWere.keySet().forEach(this::checkAsItWas);
    }

    private void checkAsItWas(int page) {
        byte[] before = asTheyWere.get(page);
        if (before != null && !changeable.contains(page) && isThere(page) && !Arrays.equals(before, pages.read(page))) {
            throw new AssertionError("page " + page + " was changed, and edit(" + page + ") was not called");
        }
    }

    private boolean isThere(int page) {
        try {
            pages.read(page);
            return true;
        } catch (IllegalArgumentException freed) {
            return false;
        }
    }

    /** How often a page was read. */
    public int readCalls() {
        return readCalls;
    }

    /** How many different pages were read. */
    public int pagesRead() {
        return read.size();
    }

    /** How many pages were copied to be changed. */
    public int pagesCopied() {
        return copied;
    }

    /** How many pages were added. */
    public int pagesAdded() {
        return added;
    }

    /** How many pages there are. */
    public int pageCount() {
        return pages.pageCount();
    }
}
