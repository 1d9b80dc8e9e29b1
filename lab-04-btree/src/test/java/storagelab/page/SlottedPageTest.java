package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.primitives.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.SlottedPageBytes;

@Tag("4.6")
class SlottedPageTest {
    private static final int PAGE_BYTES = 1024;

    private final SlottedPage page = SlottedPage.format(new byte[PAGE_BYTES], PageLayout.LEAF);

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    private static void put(SlottedPage page, String key, String payload) {
        int found = page.find(text(key));
        assertThat("insert of " + key, page.insert(-found - 1, text(key), text(payload)), is(true));
    }

    private static byte[] pageOf(String front, String back) {
        byte[] head = PageFormatExamples.bytes(front);
        byte[] cells = PageFormatExamples.bytes(back);
        return Bytes.concat(head, new byte[PAGE_BYTES - head.length - cells.length], cells);
    }

    @Test
    @DisplayName("the bytes are those of notes/formats/slotted-page.md")
    void golden() {
        put(page, "apply", "2");
        assertThat("p with one cell", page.prefixLength(), is(5));
        put(page, "apple", "1");
        assertThat(
                "the page",
                PageFormatExamples.hex(page.bytes()),
                is(PageFormatExamples.hex(pageOf(SlottedPageExample.FRONT, SlottedPageExample.BACK))));
        assertThat("p", page.prefixLength(), is(4));
        assertThat("free bytes", page.freeBytes(), is(960));
        put(page, "apron", "3");
        page.remove(1);
        page.compact();
        int front = PageFormatExamples.bytes(SlottedPageExample.LATER_FRONT).length;
        byte[] later = page.bytes().clone();
        Arrays.fill(later, front, PAGE_BYTES - 16, (byte) 0); // what lies between slots and cells is nobody's
        assertThat(
                "the page later",
                PageFormatExamples.hex(later),
                is(PageFormatExamples.hex(pageOf(SlottedPageExample.LATER_FRONT, SlottedPageExample.LATER_BACK))));
    }

    @Test
    @DisplayName("a new page has no cells, keeps its first 16 bytes and forgets the rest")
    void format() {
        byte[] bytes = new byte[PAGE_BYTES];
        Arrays.fill(bytes, (byte) 0x5a);
        SlottedPage fresh = SlottedPage.format(bytes, PageLayout.BRANCH);
        assertThat("kind", PageLayout.kind(bytes), is(PageLayout.BRANCH));
        assertThat("number", PageLayout.number(bytes), is(0x5a5a5a5a));
        assertThat("born", PageLayout.born(bytes), is(0x5a5a5a5a5a5a5a5aL));
        assertThat("cells", fresh.count(), is(0));
        assertThat("free bytes", fresh.freeBytes(), is(988));
        assertThat("capacity", SlottedPage.capacityBytes(PAGE_BYTES), is(988));
        assertThat("the owner's page", fresh.ownersPage(), is(0));
        assertThat("find", fresh.find(text("a")), is(-1));
        assertThat("indexOf", fresh.indexOf(text("a")), is(-1));
        SlottedPageBytes.checked(bytes);
    }

    @Test
    @DisplayName("find gives the index of a key, or where it would be")
    void find() {
        for (String key : List.of("user000000000417", "user000000000533", "user0000000004", "user000000000417x")) {
            put(page, key, "v");
        }
        assertThat("user0000000004", page.find(text("user0000000004")), is(0));
        assertThat("user000000000417", page.find(text("user000000000417")), is(1));
        assertThat("user000000000417x", page.find(text("user000000000417x")), is(2));
        assertThat("user000000000533", page.find(text("user000000000533")), is(3));
        assertThat("a key in between", page.find(text("user000000000418")), is(-4));
        assertThat("a part of what all begin with", page.find(text("user")), is(-1));
        assertThat("no bytes", page.find(Slice.EMPTY), is(-1));
        assertThat("a key that begins otherwise, less", page.find(text("uses")), is(-5));
        assertThat("a key that begins otherwise, greater", page.find(text("userz")), is(-5));
        assertThat("indexOf of a key with the same hint", page.indexOf(text("tser000000000417")), is(-1));
        assertThat("indexOf", page.indexOf(text("user000000000533")), is(3));
    }

    @Test
    @DisplayName("keys are ordered as unsigned bytes, and zeros at the end of a key count")
    void order() {
        List<Slice> keys = List.of(
                Slice.EMPTY,
                Slice.copyOf((byte) 0),
                Slice.copyOf((byte) 0, (byte) 0),
                Slice.copyOf((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0),
                Slice.copyOf((byte) 1),
                Slice.copyOf((byte) 0x7f, (byte) 0xff),
                Slice.copyOf((byte) 0x80),
                Slice.copyOf((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff),
                Slice.copyOf((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0));
        for (int i : new int[] {6, 2, 8, 0, 4, 7, 1, 5, 3}) {
            int found = page.find(keys.get(i));
            assertThat("find of " + keys.get(i) + " before it is inserted is negative", found < 0, is(true));
            page.insert(-found - 1, keys.get(i), text("v" + i));
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat("find of " + keys.get(i), page.find(keys.get(i)), is(i));
            assertThat("indexOf of " + keys.get(i), page.indexOf(keys.get(i)), is(i));
            assertThat("payload " + i, page.payload(i), is(text("v" + i)));
        }
        SlottedPageBytes.checked(page.bytes());
    }

    @Test
    @DisplayName("the free bytes can be used to the last, in however many pieces they are, and no byte more")
    void full() {
        for (int i = 0; i < 13; i++) {
            page.insert(i, text("k" + (char) ('a' + i)), Slice.wrap(new byte[66]));
        }
        assertThat("free bytes after 13 cells of 76 bytes", page.freeBytes(), is(0));
        assertThat("one more", page.insert(0, Slice.EMPTY, Slice.EMPTY), is(false));
        assertThat("a longer payload", page.replace(3, Slice.wrap(new byte[67])), is(false));
        for (int i = 10; i > 0; i -= 3) {
            page.remove(i);
        }
        assertThat("free bytes after four were removed", page.freeBytes(), is(4 * 76));
        assertThat("a cell of 305", page.insert(0, text("a"), Slice.wrap(new byte[305 - 10])), is(false));
        assertThat("a cell of 304", page.insert(0, text("a"), Slice.wrap(new byte[304 - 10])), is(true));
        assertThat("free bytes", page.freeBytes(), is(0));
        assertThat("cells", SlottedPageBytes.checked(page.bytes()).size(), is(10));
        assertThat("a shorter payload", page.replace(4, text("short")), is(true));
        assertThat("and a longer one", page.replace(9, Slice.wrap(new byte[66 + 61])), is(true));
        assertThat("free bytes", page.freeBytes(), is(0));
        assertThat("the longer one", page.payload(9), is(Slice.wrap(new byte[127])));
    }

    @Test
    @DisplayName("an index that is not one of a cell is refused, and nothing changes")
    void indexes() {
        put(page, "a", "1");
        byte[] before = page.bytes().clone();
        for (int index : new int[] {-1, 1, 100}) {
            assertThrows(IndexOutOfBoundsException.class, () -> page.key(index), "key(" + index + ")");
            assertThrows(IndexOutOfBoundsException.class, () -> page.payload(index), "payload(" + index + ")");
            assertThrows(IndexOutOfBoundsException.class, () -> page.remove(index), "remove(" + index + ")");
            assertThrows(
                    IndexOutOfBoundsException.class, () -> page.replace(index, text("x")), "replace(" + index + ")");
        }
        assertThrows(IndexOutOfBoundsException.class, () -> page.insert(-1, text("b"), text("2")), "insert(-1)");
        assertThrows(IndexOutOfBoundsException.class, () -> page.insert(2, text("b"), text("2")), "insert(2)");
        assertThat("the page", page.bytes(), is(before));
    }

    @Test
    @DisplayName(
            "random insertions, removals and replacements leave what a sorted map has, in bytes as the format says")
    void model() {
        Seeds.check(10, random -> {
            int pageBytes = 1024 << random.nextInt(2);
            SlottedPage subject = SlottedPage.format(new byte[pageBytes], PageLayout.LEAF);
            TreeMap<Slice, Slice> right = new TreeMap<>();
            String front = "x".repeat(random.nextInt(3) * random.nextInt(40));
            for (int i = 0; i < 200; i++) {
                Slice key = text(front + randomText(random, 6));
                change(
                        subject,
                        right,
                        key,
                        Slice.wrap(new byte[random.nextInt(1 + random.nextInt(pageBytes / 8))]),
                        random);
                assertThat("cells by the bytes", SlottedPageBytes.checked(subject.bytes()), is(right));
                assertThat("cells", SlottedPageBytes.cells(subject), is(right));
                int used = right.entrySet().stream()
                        .mapToInt(cell -> SlottedPage.cellBytes(
                                cell.getKey().length(), cell.getValue().length()))
                        .sum();
                assertThat("used bytes", subject.usedBytes(), is(used));
                assertThat("free bytes", subject.freeBytes(), is(pageBytes - 36 - used));
            }
        });
    }

    private static void change(
            SlottedPage subject, TreeMap<Slice, Slice> right, Slice key, Slice payload, Random random) {
        int below = right.headMap(key).size();
        boolean known = right.containsKey(key);
        assertThat("find(" + key + ")", subject.find(key), is(known ? below : -below - 1));
        assertThat("indexOf(" + key + ")", subject.indexOf(key), is(known ? below : -1));
        if (known && random.nextBoolean()) {
            subject.remove(below);
            right.remove(key);
        } else {
            int free = subject.freeBytes();
            boolean fits = known
                    ? payload.length() - right.getOrDefault(key, Slice.EMPTY).length() <= free - 2
                    : SlottedPage.cellBytes(key.length(), payload.length()) <= free;
            boolean done = known ? subject.replace(below, payload) : subject.insert(below, key, payload);
            assertThat("whether there was room in " + free + " bytes", done || !fits, is(true));
            if (done) {
                right.put(key, payload);
            }
        }
        if (random.nextInt(20) == 0) {
            subject.compact();
        }
    }

    private static String randomText(Random random, int lengthMax) {
        char[] letters = new char[random.nextInt(lengthMax + 1)];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) ('a' + random.nextInt(3));
        }
        return new String(letters);
    }
}
