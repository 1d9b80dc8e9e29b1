package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import storagelab.btree.TreePages;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * Pages in memory that keep a ledger of what was done to them, and object to what must not be done: to finish a page
 * twice, to change a finished one, to read one that was freed.
 */
final class LedgerPages implements TreePages {
    /** A reader that has not come to an end after so many reads never will. */
    private static final int READS_MAX = 1_000_000;

    private final int pageSizeBytes;
    private final IntUnaryOperator numbers;
    private final Map<Integer, byte[]> pages = new HashMap<>();
    private final Map<Integer, byte[]> finished = new LinkedHashMap<>(); // as they were then
    private final Set<Integer> unfinished = new HashSet<>();
    private final List<Integer> added = new ArrayList<>();
    private final List<Integer> freed = new ArrayList<>();
    private final List<Integer> reads = new ArrayList<>();
    private final List<Integer> readsOnce = new ArrayList<>();
    private final Set<Integer> unreadable = new HashSet<>();
    private int unfinishedMax;
    private boolean readsFinished;

    /** Pages with numbers from 101 on. */
    LedgerPages(int pageSizeBytes) {
        this(pageSizeBytes, i -> 101 + i);
    }

    /**
     * @param numbers gives the number of the page that is added as the i-th, from 0 on
     */
    LedgerPages(int pageSizeBytes, IntUnaryOperator numbers) {
        this.pageSizeBytes = pageSizeBytes;
        this.numbers = numbers;
    }

    @Override
    public int pageSizeBytes() {
        return pageSizeBytes;
    }

    @Override
    public byte[] read(int page) {
        reads.add(page);
        return bytes(page);
    }

    @Override
    public byte[] readOnce(int page) {
        readsOnce.add(page);
        return bytes(page);
    }

    @Override
    public int edit(int page) {
        throw new AssertionError("edit(" + page + ") was called: no page that is there is to be changed");
    }

    @Override
    public int add(int kind) {
        int page = numbers.applyAsInt(added.size());
        byte[] bytes = new byte[pageSizeBytes];
        SlottedPage.format(bytes, kind);
        PageLayout.putInt(bytes, PageLayout.NUMBER_OFFSET, page);
        PageLayout.setBorn(bytes, 1000L + page);
        pages.put(page, bytes);
        added.add(page);
        unfinished.add(page);
        unfinishedMax = Math.max(unfinishedMax, unfinished.size());
        return page;
    }

    @Override
    public void finish(int page) {
        byte[] bytes = peek(page);
        assertTrue(unfinished.remove(page), "page " + page + " was finished twice");
        finished.put(page, bytes.clone());
    }

    @Override
    public void free(int page, long born) {
        assertTrue(!freed.contains(page), "page " + page + " was freed twice");
        assertEquals(PageLayout.born(peek(page)), born, "born in free(" + page + ", born)");
        freed.add(page);
    }

    /** From here on a read of this page throws. */
    void makeUnreadable(int page) {
        unreadable.add(page);
    }

    /** Reads throw no more. */
    void makeReadable() {
        unreadable.clear();
    }

    /** Puts a page here, as if it had been written long ago. */
    void place(int page, byte[] bytes) {
        pages.put(page, bytes);
    }

    /** The bytes of a page, looked at by the test: this is no read. */
    byte[] peek(int page) {
        byte[] bytes = pages.get(page);
        if (bytes == null) {
            throw new AssertionError("there is no page " + page + ", and something refers to it");
        }
        return bytes;
    }

    /** The pages in the order in which they were added. */
    List<Integer> added() {
        return added;
    }

    /** The pages in the order in which they were finished. */
    List<Integer> finished() {
        return List.copyOf(finished.keySet());
    }

    /** The pages in the order in which they were freed. */
    List<Integer> freed() {
        return freed;
    }

    /** How many pages were added and not finished, at most. */
    int unfinishedMax() {
        return unfinishedMax;
    }

    /** The pages that {@link #read} was called for since this was asked last. */
    List<Integer> takeReads() {
        return taken(reads);
    }

    /** The pages that {@link #readOnce} was called for since this was asked last. */
    List<Integer> takeReadsOnce() {
        return taken(readsOnce);
    }

    /** Fails unless every page was finished, and none was changed or read afterwards. */
    void assertFinished() {
        assertTrue(unfinished.isEmpty(), "pages that were added and never finished: " + unfinished);
        assertTrue(!readsFinished, "a page was read after it was finished: it may be on the disk, and not in memory");
        finished.forEach((page, bytes) -> assertTrue(
                Arrays.equals(bytes, pages.get(page)), "page " + page + " was changed after it was finished"));
    }

    private static List<Integer> taken(List<Integer> list) {
        List<Integer> copy = List.copyOf(list);
        list.clear();
        return copy;
    }

    private byte[] bytes(int page) {
        if (reads.size() + readsOnce.size() > READS_MAX) {
            throw new AssertionError("a million pages were read, and there is no end to it");
        }
        if (unreadable.contains(page)) {
            throw new IllegalArgumentException("page " + page + " cannot be read");
        }
        byte[] bytes = pages.get(page);
        if (bytes == null || freed.contains(page)) {
            throw new IllegalArgumentException(
                    "there is no page " + page + (freed.contains(page) ? ": it was freed" : ""));
        }
        readsFinished |= finished.containsKey(page);
        return bytes;
    }
}
