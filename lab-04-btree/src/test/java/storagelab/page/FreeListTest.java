package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Seeds;

@Tag("4.4")
class FreeListTest {
    private static final int SIZE = 1024;
    private static final int NUMBERS_IN_PAGE = 249;

    private final PageFile file =
            PageFile.create(CrashDisk.create().root().resolve("tree.pages"), SIZE, new StatsRecorder());

    @Test
    @DisplayName("the worked example: small numbers first, then new ones")
    void smallestFirst() {
        FreeList list = new FreeList(5);
        list.release(3);
        list.release(2);
        assertThat("freeCount()", list.freeCount(), is(2));
        assertThat("isFree(3)", list.isFree(3), is(true));
        assertThat("allocate()", list.allocate(), is(2));
        assertThat("allocate()", list.allocate(), is(3));
        assertThat("isFree(3) after it was given out", list.isFree(3), is(false));
        assertThat("allocate() when nothing is free", list.allocate(), is(5));
        assertThat("pageCount()", list.pageCount(), is(6));
    }

    @Test
    @DisplayName("what is free already, is a meta page, or is no page cannot be released")
    void wrongReleases() {
        FreeList list = new FreeList(5);
        list.release(4);
        for (int page : new int[] {4, 0, 1, 5, -1}) {
            assertThrows(IllegalArgumentException.class, () -> list.release(page), "release(" + page + ")");
        }
        assertThat("freeCount() after releases that were refused", list.freeCount(), is(1));
        assertThrows(IllegalArgumentException.class, () -> new FreeList(1), "new FreeList(1)");
    }

    @Test
    @DisplayName("free pages at the end are forgotten, those before a page in use are not")
    void dropsTheFreeTail() {
        FreeList list = new FreeList(10);
        for (int page : new int[] {3, 8, 9, 6}) {
            list.release(page);
        }
        list.dropFreeTail();
        assertThat("pageCount()", list.pageCount(), is(8));
        assertThat("freeCount()", list.freeCount(), is(2));
        assertThat("allocate()", list.allocate(), is(3));
        assertThat("allocate()", list.allocate(), is(6));
        assertThat("allocate()", list.allocate(), is(8));
    }

    @Test
    @DisplayName("a copy says the same and goes its own way")
    void copies() {
        FreeList list = new FreeList(6);
        list.release(4);
        FreeList copy = list.copy();
        assertThat("allocate() of the copy", copy.allocate(), is(4));
        assertThat("isFree(4) of the list", list.isFree(4), is(true));
        list.release(2);
        assertThat("isFree(2) of the copy", copy.isFree(2), is(false));
    }

    @Test
    @DisplayName("the stored form is, byte for byte, the one of the worked example, and is read back")
    void goldenBytes() {
        FreeList list = new FreeList(9);
        list.release(8);
        list.release(4);
        list.release(6);
        assertThat("store returns the first page of the chain", list.store(file, 17), is(4));
        assertThat("storedIn()", list.storedIn(), is(List.of(4)));
        assertThat("whether page 4, which has the list, is free", list.isFree(4), is(false));
        byte[] golden = PageFormatExamples.bytes(PageFormatExamples.FREE_LIST_PAGE);
        byte[] page = file.read(4);
        assertThat("page 4", Arrays.copyOf(page, golden.length), sameBytesAs(golden));
        FreeList loaded = FreeList.load(file, meta(9, 4));
        assertThat("free pages after loading", freePages(loaded), is(List.of(6, 8)));
        assertThat("storedIn() after loading", loaded.storedIn(), is(List.of(4)));
        assertThat("pageCount() after loading", loaded.pageCount(), is(9));
    }

    @Test
    @DisplayName("lists of any length are stored in as few pages as hold them, and read back whole")
    void anyLength() {
        int full = NUMBERS_IN_PAGE + 1;
        for (int count : new int[] {0, 1, 2, full - 1, full, full + 1, 2 * full, 2 * full + 1, 5 * full}) {
            FreeList list = new FreeList(2 * count + 10);
            IntStream.range(0, count).forEach(i -> list.release(2 * i + 3));
            int first = list.store(file, 1);
            String what = "a list of " + count + " pages, " + NUMBERS_IN_PAGE + " numbers in a page";
            int pages = (count + full - 1) / full;
            assertThat(what + ": pages of the chain", list.storedIn().size(), is(pages));
            assertThat(what + ": first page", first, is(count == 0 ? PageLayout.NO_PAGE : 3));
            assertThat(what + ": free pages left", list.freeCount(), is(count - pages));
            assertThat(
                    what + ": read back",
                    freePages(FreeList.load(file, meta(list.pageCount(), first))),
                    is(freePages(list)));
        }
    }

    @Test
    @DisplayName("a list is not stored in pages that must not be written yet, but in new ones")
    void writablePagesOnly() {
        FreeList list = new FreeList(1000);
        IntStream.range(100, 600).forEach(list::release);
        int first = list.store(file, 1, page -> page == 300);
        assertThat("storedIn()", list.storedIn(), is(List.of(300, 1000, 1001)));
        assertThat("the first page", first, is(300));
        FreeList loaded = FreeList.load(file, meta(list.pageCount(), first));
        assertThat("free pages after loading", freePages(loaded), is(freePages(list)));
    }

    @Test
    @DisplayName(
            "whatever is allocated and released: no page is given out twice, none is lost, also over storing and loading")
    void randomHistory() {
        Seeds.check(20, random -> {
            FreeList list = new FreeList(2);
            TreeSet<Integer> used = new TreeSet<>();
            for (int step = 0; step < 500; step++) {
                if (used.isEmpty() || random.nextInt(5) < 3) {
                    int page = list.allocate();
                    assertThat("whether page " + page + ", just given out, was not in use", used.add(page), is(true));
                } else {
                    Integer page = used.ceiling(2 + random.nextInt(used.last() - 1));
                    used.remove(page);
                    list.release(page);
                }
                if (random.nextInt(50) == 0) {
                    int first = list.store(file, step);
                    list = FreeList.load(file, meta(list.pageCount(), first));
                    list.storedIn().forEach(list::release);
                }
                assertThat("pages free and in use", list.freeCount() + used.size() + 2, is(list.pageCount()));
            }
        });
    }

    @Test
    @DisplayName("a chain with a page out of range, a page twice, or a cycle is damage that names the page")
    void damagedLists() {
        assertDamaged("a free page 9 of 9", 0, 9);
        assertDamaged("meta page 1 as a free page", 0, 1);
        assertDamaged("page 6 twice", 0, 6, 6);
        assertDamaged("page 8 before page 6", 0, 8, 6);
        assertDamaged("the page of the chain as a free page", 0, 4);
        assertDamaged("a chain that goes on with itself", 4, 6);
        assertDamaged("a chain that goes on with page 9 of 9", 9, 6);
        assertDamaged("a chain that goes on with meta page 1", 1, 6);
    }

    private void assertDamaged(String what, int next, int... numbers) {
        byte[] page = PageLayout.newPage(SIZE, PageLayout.FREE_LIST, 1);
        PageLayout.putInt(page, 20, next);
        PageLayout.putInt(page, 24, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            PageLayout.putInt(page, 28 + 4 * i, numbers[i]);
        }
        file.write(4, page);
        assertThat(what, () -> FreeList.load(file, meta(9, 4)), findsDamageIn("tree.pages", 4 * SIZE, 4 * SIZE));
    }

    private static List<Integer> freePages(FreeList list) {
        return IntStream.range(0, list.pageCount()).filter(list::isFree).boxed().toList();
    }

    private static MetaPage meta(int pageCount, int freeListPage) {
        return new MetaPage(SIZE, 1, 1, 0, pageCount, freeListPage, 0, 0);
    }
}
