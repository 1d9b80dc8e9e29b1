package storagelab.grader.hidden.lab04;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PageBytes.SIZE;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.4: every page is in use or free, exactly one of the two, in memory and in the file. */
@Tag("4.4")
class FreeListHiddenTest {
    private static final String NAME = "tree.pages";
    private static final int NUMBERS_IN_PAGE = (SIZE - 28) / 4;

    private final StatsRecorder stats = new StatsRecorder();
    private final PageFile file = PageFile.create(CrashDisk.create().root().resolve(NAME), SIZE, stats);

    @Test
    @DisplayName(
            "whatever is allocated, released, copied and cut off: the smallest free page comes next, and none comes twice")
    void randomHistory() {
        Seeds.check(30, random -> {
            FreeList list = new FreeList(2 + random.nextInt(20));
            TreeSet<Integer> free = new TreeSet<>();
            int pageCount = list.pageCount();
            for (int step = 0; step < 400; step++) {
                int what = random.nextInt(20);
                Step.at((what < 8 ? "allocate" : what < 17 ? "release" : "copy or dropFreeTail") + ", call " + step
                        + " of a list of " + pageCount + " pages, of which " + free.size() + " are free");
                if (what < 8) {
                    int expected = free.isEmpty() ? pageCount++ : free.pollFirst();
                    assertEquals(expected, list.allocate(), "allocate() when " + free + " are free");
                } else if (what < 17) {
                    int page = random.nextInt(pageCount + 3);
                    if (page >= 2 && page < pageCount && free.add(page)) {
                        list.release(page);
                    } else {
                        assertRefuses(list, page);
                    }
                } else if (what < 19) {
                    FreeList forgotten = list;
                    list = list.copy();
                    forgotten.allocate();
                } else {
                    list.dropFreeTail();
                    while (!free.isEmpty() && free.last() == pageCount - 1) {
                        free.pollLast();
                        pageCount--;
                    }
                }
                assertState(list, pageCount, free);
            }
        });
    }

    @Test
    @DisplayName("a file has two pages at least")
    void pageCounts() {
        for (int count : new int[] {1, 0, -1, Integer.MIN_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class, () -> new FreeList(count), "a free list of " + count + " pages");
        }
        assertState(new FreeList(2), 2, new TreeSet<>());
    }

    @Test
    @DisplayName(
            "a copy knows in which pages the list is stored; a list that is stored in none has forgotten the old ones")
    void storedInNone() {
        FreeList list = new FreeList(6);
        list.release(3);
        list.release(5);
        list.store(file, 1);
        assertEquals(List.of(3), list.storedIn(), "storedIn() of a list stored when 3 and 5 were free");
        FreeList copy = list.copy();
        assertEquals(List.of(3), copy.storedIn(), "storedIn() of its copy");
        assertEquals(5, copy.allocate(), "allocate() of the copy");
        assertEquals(0, copy.store(file, 2), "the first page of a chain of a list in which nothing is free");
        assertEquals(List.of(), copy.storedIn(), "storedIn() after that");
        assertEquals(List.of(3), list.storedIn(), "storedIn() of the list that was copied");
    }

    @Test
    @DisplayName("of a file without pages in use everything is cut off but the two meta pages")
    void allFree() {
        Step.at("a list of 500 pages that are all released, then dropFreeTail, allocate and dropFreeTail");
        FreeList list = new FreeList(500);
        IntStream.range(2, 500).forEach(list::release);
        list.dropFreeTail();
        assertState(list, 2, new TreeSet<>());
        assertEquals(2, list.allocate(), "allocate() after that");
        list.dropFreeTail();
        assertState(list, 3, new TreeSet<>());
    }

    @Test
    @DisplayName("a million pages are released and given out again without going through all of them each time")
    void millionPages() {
        int pages = 1_000_000;
        Step.at("release of a million pages, from the last to the first, and a million calls of allocate");
        FreeList list = new FreeList(pages);
        for (int page = pages - 1; page >= 2; page--) {
            list.release(page);
        }
        assertEquals(pages - 2, list.freeCount(), "freeCount()");
        for (int page = 2; page < pages; page++) {
            assertEquals(page, list.allocate(), "allocate()");
        }
        assertEquals(pages, list.allocate(), "allocate() when nothing is free any more");
    }

    @Test
    @DisplayName("the stored list has the bytes of the format, in the smallest free pages and no more than it needs")
    void storedBytes() {
        Seeds.check(15, random -> {
            int size = 1024 << random.nextInt(3);
            int inPage = (size - 28) / 4;
            int[] counts = {
                0, 1, 2, inPage, inPage + 1, inPage + 2, 2 * inPage + 2, 2 * inPage + 3, random.nextInt(2000)
            };
            for (int count : counts) {
                try (PageFile ofThisSize =
                        PageFile.create(CrashDisk.create().root().resolve(NAME), size, new StatsRecorder())) {
                    checkStored(ofThisSize, randomList(random, count), random.nextInt(1000));
                }
            }
        });
    }

    private void checkStored(PageFile target, FreeList list, long born) {
        int inPage = (target.pageSizeBytes() - 28) / 4;
        List<Integer> free = freePages(list);
        int chainLength = (free.size() + inPage) / (inPage + 1);
        List<Integer> chain = free.subList(0, chainLength);
        List<Integer> left = free.subList(chainLength, free.size());
        String what = "a list of " + free.size() + " pages, " + inPage + " numbers in a page";
        Step.at("store and load of " + what);
        int first = list.store(target, born);
        assertEquals(chain, list.storedIn(), what + ": storedIn()");
        assertEquals(left, freePages(list), what + ": free pages when it is stored");
        assertEquals(chain.isEmpty() ? 0 : chain.get(0), first, what + ": the first page of the chain");
        for (int i = 0; i < chainLength; i++) {
            int[] numbers = left.stream()
                    .skip((long) i * inPage)
                    .limit(inPage)
                    .mapToInt(Integer::intValue)
                    .toArray();
            int next = i + 1 < chainLength ? chain.get(i + 1) : 0;
            byte[] page = PageBytes.freeListPage(target.pageSizeBytes(), next, numbers.length, numbers);
            ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putLong(8, born);
            assertThat(
                    what + ": page " + i + " of the chain",
                    target.read(chain.get(i)),
                    sameBytesAs(PageBytes.sealed(page, chain.get(i))));
        }
        FreeList loaded = FreeList.load(target, meta(target.pageSizeBytes(), list.pageCount(), first));
        assertEquals(left, freePages(loaded), what + ": free pages when it is loaded");
        assertEquals(left.size(), loaded.freeCount(), what + ": freeCount() when it is loaded");
        assertEquals(chain, loaded.storedIn(), what + ": storedIn() when it is loaded");
        assertEquals(list.pageCount(), loaded.pageCount(), what + ": pageCount() when it is loaded");
    }

    @Test
    @DisplayName("over any number of times that it is stored and loaded no page is lost and none is given out twice")
    void manyCheckpoints() {
        Seeds.check(10, random -> {
            FreeList list = new FreeList(2);
            TreeSet<Integer> used = new TreeSet<>();
            for (int round = 0; round < 30; round++) {
                for (int i = random.nextInt(400); i > 0; i--) {
                    int page = list.allocate();
                    assertTrue(used.add(page), "page " + page + " was given out although it is in use");
                }
                for (int i = random.nextInt(400); i > 0 && !used.isEmpty(); i--) {
                    Integer page = used.floor(2 + random.nextInt(used.last()));
                    if (page != null) {
                        used.remove(page);
                        list.release(page);
                    }
                }
                int first = list.store(file, round);
                list = FreeList.load(file, meta(SIZE, list.pageCount(), first));
                assertEquals(
                        list.pageCount(),
                        2 + used.size() + list.freeCount() + list.storedIn().size(),
                        "meta pages, pages in use, free pages and pages of the list, together");
                list.storedIn().forEach(list::release);
            }
        });
    }

    @Test
    @DisplayName("a list is stored in no page but those that may be written, and in new ones if they do not suffice")
    void writablePages() {
        Seeds.check(20, random -> {
            FreeList list = randomList(random, 300 + random.nextInt(600));
            List<Integer> free = freePages(list);
            int share = 1 + random.nextInt(500);
            int salt = random.nextInt(1000);
            int pageCount = list.pageCount();
            int first = list.store(file, 1, page -> (page * 31 + salt) % share == 0);
            List<Integer> chain = list.storedIn();
            List<Integer> allowed = free.stream()
                    .filter(page -> (page * 31 + salt) % share == 0)
                    .toList();
            for (int i = 0; i < chain.size(); i++) {
                int expected = i < allowed.size() ? allowed.get(i) : pageCount + i - allowed.size();
                int actual = chain.get(i);
                assertEquals(expected, actual, "page " + i + " of the chain; " + allowed.size() + " may be written");
            }
            assertTrue(
                    list.freeCount() <= chain.size() * NUMBERS_IN_PAGE
                            && list.freeCount() + 1 > (chain.size() - 1) * NUMBERS_IN_PAGE,
                    list.freeCount() + " numbers in a chain of " + chain.size() + " pages");
            FreeList loaded = FreeList.load(file, meta(SIZE, list.pageCount(), first));
            List<Integer> expected =
                    free.stream().filter(page -> !chain.contains(page)).toList();
            assertEquals(expected, freePages(loaded), "free pages when it is loaded");
        });
    }

    @Test
    @DisplayName("loading reads each page of the chain once, and nothing if nothing is free")
    void costOfLoading() {
        FreeList list = randomList(new Random(1), 3 * NUMBERS_IN_PAGE);
        Step.at("store and load of " + list.freeCount() + " free pages");
        int first = list.store(file, 1);
        long before = stats.get(FileMetrics.BLOCKS_READ);
        FreeList.load(file, meta(SIZE, list.pageCount(), first));
        assertEquals(3, stats.get(FileMetrics.BLOCKS_READ) - before, "BLOCKS_READ for a chain of 3 pages");
        FreeList none = FreeList.load(file, meta(SIZE, 50, 0));
        assertEquals(3, stats.get(FileMetrics.BLOCKS_READ) - before, "BLOCKS_READ when nothing is free");
        assertState(none, 50, new TreeSet<>());
        assertEquals(List.of(), none.storedIn(), "storedIn() when nothing is free");
    }

    @Test
    @DisplayName("a stored list that nobody can have stored is damage, in the page of the chain where that shows")
    void impossibleLists() {
        int offset = 4 * SIZE;
        assertDamaged("another kind of page", offset, PageBytes.leaf(SIZE, 1));
        assertDamaged("a count of -1", offset, PageBytes.freeListPage(SIZE, 0, -1));
        assertDamaged("a count that does not fit", offset, PageBytes.freeListPage(SIZE, 0, NUMBERS_IN_PAGE + 1));
        assertDamaged("page 0 as free", offset, list(0, 0));
        assertDamaged("page 1 as free", offset, list(0, 1, 7));
        assertDamaged("page -3 as free", offset, list(0, -3));
        assertDamaged("page 600 of 600 as free", offset, list(0, 7, 600));
        assertDamaged("page 7 twice", offset, list(0, 7, 7));
        assertDamaged("page 9 before page 7", offset, list(0, 9, 7));
        assertDamaged("its own page as free", offset, list(0, 4));
        assertDamaged("itself as the next page", offset, list(4, 7));
        assertDamaged("page 600 of 600 as the next page", offset, list(600, 7));
        assertDamaged("meta page 1 as the next page", offset, list(1, 7));
        assertDamaged("page -1 as the next page", offset, list(-1, 7));
        file.write(5, list(4, 9));
        assertDamaged("a cycle of two pages", 5 * SIZE, list(5, 7));
        file.write(5, list(0, 7, 9));
        assertDamaged("page 7 again in the second page", 5 * SIZE, list(5, 7));
        file.write(5, list(0, 6, 9));
        assertDamaged("page 6 in the second page, after page 7", 5 * SIZE, list(5, 7));
        file.write(5, list(0, 9));
        assertDamagedChain("its second page, 5, as free", list(5, 5));
        file.write(5, list(0, 7));
        assertDamagedChain("a second page, 5, and itself as free", list(5, 4));
        file.write(3, list(0, 4));
        file.write(4, list(0, 7));
        Step.at("load of a free list in pages 3 and 4, where page 3 says that 4 is free");
        file.write(3, list(4, 4));
        assertThat(
                "a free list in pages 3 and 4, where page 3 says that 4 is free",
                () -> "a list of " + FreeList.load(file, meta(SIZE, 600, 3)).freeCount() + " free pages",
                findsDamageIn(NAME, 3 * SIZE, 4 * SIZE));
    }

    /** The damage is in page 4 or 5: each contradicts the other. */
    private void assertDamagedChain(String what, byte[] page) {
        Step.at("load of a free list in pages 4 and 5 with " + what + ": a CorruptionException is expected");
        file.write(4, page);
        assertThat(
                "a free list in pages 4 and 5 with " + what,
                () -> "a list of " + FreeList.load(file, meta(SIZE, 600, 4)).freeCount() + " free pages",
                findsDamageIn(NAME, 4 * SIZE, 5 * SIZE));
    }

    @Test
    @DisplayName("the pages of a chain may come in any order, from page 2 to the last")
    void chainsInAnyOrder() {
        file.write(599, list(2, 3, 5));
        file.write(2, list(598, 6));
        file.write(598, list(0, 597));
        Step.at("load of a free list in the pages 599, 2 and 598, in this order");
        FreeList loaded = FreeList.load(file, meta(SIZE, 600, 599));
        assertEquals(List.of(599, 2, 598), loaded.storedIn(), "storedIn()");
        assertEquals(List.of(3, 5, 6, 597), freePages(loaded), "free pages");
    }

    private void assertDamaged(String what, long offset, byte[] page) {
        Step.at("load of a free list in page 4 with " + what + ": a CorruptionException is expected");
        file.write(4, page);
        assertThat(
                "a free list in page 4 with " + what,
                () -> "a list of " + FreeList.load(file, meta(SIZE, 600, 4)).freeCount() + " free pages",
                findsDamageIn(NAME, offset, offset));
    }

    private static byte[] list(int next, int... numbers) {
        return PageBytes.freeListPage(SIZE, next, numbers.length, numbers);
    }

    private static void assertRefuses(FreeList list, int page) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> list.release(page),
                "release(" + page + ") of " + list.pageCount());
        assertTrue(
                String.valueOf(e.getMessage()).contains(String.valueOf(page)),
                "the message should name page " + page + ", and is: " + e.getMessage());
    }

    private static void assertState(FreeList list, int pageCount, TreeSet<Integer> free) {
        assertEquals(pageCount, list.pageCount(), "pageCount()");
        assertEquals(free.size(), list.freeCount(), "freeCount()");
        for (int page = -1; page < pageCount + 2; page++) {
            assertEquals(free.contains(page), list.isFree(page), "isFree(" + page + ")");
        }
    }

    private static FreeList randomList(Random random, int count) {
        FreeList list = new FreeList(3 * count + 20);
        while (list.freeCount() < count) {
            int page = 2 + random.nextInt(list.pageCount() - 2);
            if (!list.isFree(page)) {
                list.release(page);
            }
        }
        return list;
    }

    private static List<Integer> freePages(FreeList list) {
        List<Integer> pages = new ArrayList<>();
        for (int page = 0; page < list.pageCount(); page++) {
            if (list.isFree(page)) {
                pages.add(page);
            }
        }
        return pages;
    }

    private static MetaPage meta(int size, int pageCount, int freeListPage) {
        return new MetaPage(size, 1, 1, 0, pageCount, freeListPage, 0, 0);
    }
}
