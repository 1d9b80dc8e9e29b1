package storagelab.page;

import static storagelab.page.PageLayout.META_PAGES;
import static storagelab.page.PageLayout.NO_PAGE;
import static storagelab.page.PageLayout.getInt;
import static storagelab.page.PageLayout.putInt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import storagelab.api.CorruptionException;
import storagelab.course.ExercisePart;

/**
 * Which pages of a file are free. All pages from 2 up to {@link #pageCount} are in use or free, each exactly one of the
 * two.
 *
 * <p>Example: {@code new FreeList(5)} says that there are pages 0 to 4, all in use. {@code release(3)}, then {@code
 * release(2)}: two are free. {@code allocate()} returns 2, then 3, then 5, which is new: now there are 6 pages. Small
 * numbers first keeps the file short and its end free, where it can be cut off.
 *
 * <h2>The stored form</h2>
 *
 * <p>A chain of pages of kind {@link PageLayout#FREE_LIST}. After the head of the page, integers little-endian:
 *
 * <table>
 * <caption>A page of the free list</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>20</td><td>4</td><td>next page of the chain, 0 if it is the last</td></tr>
 * <tr><td>24</td><td>4</td><td>count: how many numbers follow</td></tr>
 * <tr><td>28</td><td>4 · count</td><td>numbers of free pages, ascending, from one page of the chain to the next as
 *   well</td></tr>
 * </table>
 *
 * <p>Example: of pages 0 to 8, pages 4, 6 and 8 are free. Stored in a file of pages of 1,024 bytes, born in version 17,
 * the list takes page 4, and that page begins with these bytes; the rest is zeros:
 *
 * <pre>{@code
 * ff 7e ce 43                crc of the page
 * 04 00 00 00                page 4
 * 11 00 00 00 00 00 00 00    born in version 17
 * 04 00                      kind: free list
 * 00 00
 * 00 00 00 00                the last of the chain
 * 02 00 00 00                2 numbers
 * 06 00 00 00 08 00 00 00    pages 6 and 8 are free
 * }</pre>
 *
 * <p>A page of 4,096 bytes has room for (4,096 − 28) / 4 = 1,017 numbers. The chain needs pages, and takes them out of
 * the list itself: what it is stored in is in use. So a list of 1,000 free pages becomes a chain of one page with 999
 * numbers; of 2,036 free pages, two with 1,017 each; of a single one, a chain of one page with none.
 *
 * <p>Cost: a few bits a page in memory; {@code allocate} and {@code release} O(1) on average, or nearly so.
 *
 * <p>Concurrency: one thread.
 */
@ExercisePart("4.4")
public final class FreeList {
    private static final int NEXT_OFFSET = 20;
    private static final int COUNT_OFFSET = 24;
    private static final int NUMBERS_OFFSET = 28;

    private final BitSet free;
    private int freeCount;
    private int lowestFree; // no page below it is free
    private int pageCount;
    private List<Integer> storedIn;

    /**
     * A list that says that pages 0 to {@code pageCount} − 1 are in use.
     *
     * @throws IllegalArgumentException if {@code pageCount} is less than 2: there are two meta pages
     */
    public FreeList(int pageCount) {
        this(new BitSet(), pageCount, List.of());
        if (pageCount < META_PAGES) {
            throw new IllegalArgumentException("pageCount is " + pageCount + "; there are two meta pages");
        }
    }

    private FreeList(BitSet free, int pageCount, List<Integer> storedIn) {
        this.free = free;
        this.freeCount = free.cardinality();
        this.lowestFree = META_PAGES;
        this.pageCount = pageCount;
        this.storedIn = storedIn;
    }

    /** Takes the smallest free page; if none is free, a new one behind the last. It is in use from then on. */
    public int allocate() {
        if (freeCount == 0) {
            return newPage();
        }
        int page = free.nextSetBit(lowestFree);
        free.clear(page);
        freeCount--;
        lowestFree = page + 1;
        return page;
    }

    /**
     * Makes a page free that was in use.
     *
     * @throws IllegalArgumentException if it is free already, is a meta page, or is not one of {@link #pageCount}, with
     *     its number in the message; nothing changes then
     */
    public void release(int page) {
        if (page < META_PAGES || page >= pageCount) {
            throw new IllegalArgumentException(
                    "page " + page + " cannot be free: there are pages " + META_PAGES + " to " + (pageCount - 1));
        }
        if (free.get(page)) {
            throw new IllegalArgumentException("page " + page + " is free already");
        }
        free.set(page);
        freeCount++;
        lowestFree = Math.min(lowestFree, page);
    }

    /** Whether a page is free. One that there is not is not free. */
    public boolean isFree(int page) {
        return page >= META_PAGES && free.get(page);
    }

    /** How many pages are free. */
    public int freeCount() {
        return freeCount;
    }

    /** How many pages there are, meta pages included: in use or free. */
    public int pageCount() {
        return pageCount;
    }

    /** A list that says the same, {@link #storedIn} too, and goes its own way. */
    public FreeList copy() {
        return new FreeList((BitSet) free.clone(), pageCount, storedIn);
    }

    /** Forgets the free pages at the end: {@link #pageCount} becomes smaller, until the last page is one in use. */
    public void dropFreeTail() {
        int lastInUse = free.previousClearBit(pageCount - 1);
        free.clear(lastInUse + 1, pageCount);
        freeCount = free.cardinality();
        pageCount = lastInUse + 1;
    }

    /**
     * Writes the list into pages that it takes from itself, as few as do, the smallest first: they are in use from then
     * on. Nothing is synced.
     *
     * @param born the version to write into the pages
     * @return the first page of the chain, {@link PageLayout#NO_PAGE} if nothing is free
     */
    public int store(PageFile file, long born) {
        return store(file, born, page -> true);
    }

    /**
     * Writes the list as {@link #store(PageFile, long)} does, and takes only pages for which {@code writable} says yes.
     * If those do not suffice it takes new ones, behind the last.
     *
     * <p>This is for a page that will be free when the list is read, and must not be written to yet, because the
     * checkpoint before needs it until then.
     */
    public int store(PageFile file, long born, IntPredicate writable) {
        List<Integer> chain = takeChain(numbersInPage(file), writable);
        int[] numbers = free.stream().toArray();
        int written = 0;
        for (int i = 0; i < chain.size(); i++) {
            byte[] page = PageLayout.newPage(file.pageSizeBytes(), PageLayout.FREE_LIST, born);
            int count = Math.min(numbersInPage(file), numbers.length - written);
            putInt(page, NEXT_OFFSET, i + 1 < chain.size() ? chain.get(i + 1) : NO_PAGE);
            putInt(page, COUNT_OFFSET, count);
            for (int j = 0; j < count; j++) {
                putInt(page, NUMBERS_OFFSET + j * Integer.BYTES, numbers[written + j]);
            }
            file.write(chain.get(i), page);
            written += count;
        }
        storedIn = chain;
        return chain.isEmpty() ? NO_PAGE : chain.get(0);
    }

    /**
     * The pages of the chain that was stored or loaded last, in its order; none if nothing was free then. They are in use,
     * as far as this list knows.
     */
    public List<Integer> storedIn() {
        return storedIn;
    }

    /**
     * Reads the list of a checkpoint: {@code meta.pageCount()} pages, and of those the ones free that are in the chain
     * which begins at {@code meta.freeListPage()}.
     *
     * @throws CorruptionException with the offset of the page of the chain that is damaged: its kind is another; its
     *     count is negative or does not fit; a number is a meta page's, is not less than {@code pageCount}, or does not
     *     ascend; its next page is not one of the file or was in the chain before; or a page of the chain is free according to the
     *     list, and then the page that says so may be named as well
     */
    public static FreeList load(PageFile file, MetaPage meta) {
        BitSet free = new BitSet(meta.pageCount());
        List<Integer> chain = new ArrayList<>();
        BitSet visited = new BitSet();
        int previous = META_PAGES - 1;
        int next = meta.freeListPage();
        while (next != NO_PAGE) {
            int page = next;
            byte[] bytes = file.read(page);
            visited.set(page);
            chain.add(page);
            int count = getInt(bytes, COUNT_OFFSET);
            if (PageLayout.kind(bytes) != PageLayout.FREE_LIST || count < 0 || count > numbersInPage(file)) {
                throw damaged(
                        file, page, "a page of the free list", "kind " + PageLayout.kind(bytes) + ", count " + count);
            }
            for (int i = 0; i < count; i++) {
                int number = getInt(bytes, NUMBERS_OFFSET + i * Integer.BYTES);
                if (number <= previous || number >= meta.pageCount()) {
                    throw damaged(
                            file,
                            page,
                            "a free page from " + (previous + 1) + " to " + (meta.pageCount() - 1),
                            "" + number);
                }
                free.set(number);
                previous = number;
            }
            next = getInt(bytes, NEXT_OFFSET);
            boolean isPage = next >= META_PAGES && next < meta.pageCount();
            if (next != NO_PAGE && (!isPage || visited.get(next))) {
                throw damaged(file, page, "another page of the chain", "page " + next);
            }
        }
        for (int page : chain) {
            if (free.get(page)) {
                throw damaged(file, page, "a page in use, as the free list is in it", "that it is free");
            }
        }
        return new FreeList(free, meta.pageCount(), List.copyOf(chain));
    }

    private int newPage() {
        if (pageCount == Integer.MAX_VALUE) {
            throw new IllegalStateException("there are no more page numbers");
        }
        return pageCount++;
    }

    /** Takes pages out of the list until those left fit into them. */
    private List<Integer> takeChain(int numbersInPage, IntPredicate writable) {
        List<Integer> chain = new ArrayList<>();
        int candidate = free.nextSetBit(META_PAGES);
        while (freeCount > (long) chain.size() * numbersInPage) {
            while (candidate >= 0 && !writable.test(candidate)) {
                candidate = free.nextSetBit(candidate + 1);
            }
            if (candidate < 0) {
                chain.add(newPage());
            } else {
                free.clear(candidate);
                freeCount--;
                chain.add(candidate);
                candidate = free.nextSetBit(candidate + 1);
            }
        }
        return List.copyOf(chain);
    }

    private static int numbersInPage(PageFile file) {
        return (file.pageSizeBytes() - NUMBERS_OFFSET) / Integer.BYTES;
    }

    private static CorruptionException damaged(PageFile file, int page, String expected, String actual) {
        return new CorruptionException(
                file.path(), (long) page * file.pageSizeBytes(), "in page " + page + " " + expected, actual);
    }
}
