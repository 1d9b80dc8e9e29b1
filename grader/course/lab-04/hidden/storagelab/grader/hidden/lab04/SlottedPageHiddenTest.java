package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.SlottedPageBytes;

/** Exercise 4.6: the bytes of a page, searches in it, and room to the last byte. */
@Tag("4.6")
class SlottedPageHiddenTest {
    private static SlottedPage page(int bytes) {
        return SlottedPage.format(new byte[bytes], PageLayout.LEAF);
    }

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    private static void add(SlottedPage page, Slice key, Slice payload) {
        int found = page.find(key);
        assertTrue(found < 0, "find(" + key + ") is " + found + ", and the key is not there yet");
        assertTrue(page.insert(-found - 1, key, payload), "insert(" + key + ") is false, and there is room");
    }

    @Test
    @DisplayName("head, slots and cells are byte for byte as the format says, lengths of one, two and three bytes")
    void bytes() {
        SlottedPage page = page(64 << 10);
        Arrays.fill(page.bytes(), 0, 16, (byte) 7);
        page.setOwnersPage(0x01020304);
        add(page, text("key-b" + "x".repeat(200)), Slice.wrap(new byte[20_000]));
        add(page, text("key-a"), text("1"));
        add(page, text("kez"), Slice.EMPTY);
        assertHex("01 00 03 00 01 b1 00 00 00 00 00 00 02 00 00 00 04 03 02 01", page, 16, "the head from byte 16 on");
        assertHex("06 b1 00 61 2d 79", page, 36, "slot 0, key-a, where p is 2");
        assertHex("0e b1 78 62 2d 79", page, 42, "slot 1, key-bxxx…");
        assertHex("01 b1 00 00 00 7a", page, 48, "slot 2, kez");
        assertHex("03 00 6b 65 7a", page, 0xb101, "the cell of kez");
        assertHex("05 01 6b 65 79 2d 61 31", page, 0xb106, "the cell of key-a");
        assertHex("cd 01 a0 9c 01 6b 65 79 2d 62 78", page, 0xb10e, "the cell of key-bxxx…, 205 and 20,000 bytes long");
        assertHex("07 07 07 07 07 07 07 07 07 07 07 07 07 07 07 07", page, 0, "the head up to byte 16");
    }

    private static void assertHex(String expected, SlottedPage page, int offset, String what) {
        int length = (expected.length() + 1) / 3;
        assertEquals(expected, HexFormat.ofDelimiter(" ").formatHex(page.bytes(), offset, offset + length), what);
    }

    @Test
    @DisplayName("a cell takes its slot, its lengths, and its bytes")
    void cellBytes() {
        assertEquals(125, SlottedPage.cellBytes(16, 101), "cellBytes(16, 101)");
        assertEquals(8, SlottedPage.cellBytes(0, 0), "cellBytes(0, 0)");
        assertEquals(8 + 127 + 127, SlottedPage.cellBytes(127, 127), "cellBytes(127, 127)");
        assertEquals(10 + 128 + 128, SlottedPage.cellBytes(128, 128), "cellBytes(128, 128)");
        assertEquals(9 + 16_383, SlottedPage.cellBytes(0, 16_383), "cellBytes(0, 16383)");
        assertEquals(10 + 16_384, SlottedPage.cellBytes(16_384, 0), "cellBytes(16384, 0)");
    }

    @Test
    @DisplayName("of any number of cells every one is found, and between any two the place of what is missing")
    void everyPlace() {
        for (int count = 0; count <= 40; count++) {
            SlottedPage page = page(4096);
            for (int i = 0; i < count; i++) {
                page.insert(i, text("user%05d".formatted(i * 10)), text("v" + i));
            }
            for (int i = 0; i < count; i++) {
                assertEquals(i, page.find(page.key(i)), "find of cell " + i + " of " + count);
                assertEquals(i, page.indexOf(page.key(i)), "indexOf of cell " + i + " of " + count);
                assertEquals(text("v" + i), page.payload(i), "payload of cell " + i + " of " + count);
            }
            for (int i = 0; i <= count; i++) {
                Slice missing = text("user%05d".formatted(i * 10 - 5).replace("-", "!"));
                assertEquals(-i - 1, page.find(missing), "find(" + missing + ") among " + count + " cells");
                assertEquals(-1, page.indexOf(missing), "indexOf(" + missing + ") among " + count + " cells");
            }
            assertEquals(-1, page.find(text("use")), "find of what all keys begin with, and less");
            assertEquals(-1, page.find(text("a")), "find(a)");
            assertEquals(-count - 1, page.find(text("userx")), "find(userx)");
            assertEquals(-count - 1, page.find(text("z0000000")), "find(z0000000)");
            assertEquals(-1, page.indexOf(text("ueer00010")), "indexOf of a key of which only the hint is there");
        }
    }

    @Test
    @DisplayName("keys whose hints are the same are told apart: by what comes later, by their length, by their zeros")
    void sameHints() {
        for (byte[] hint : new byte[][] {{0, 0, 0, 0}, {-1, -1, -1, -1}, {'u', 's', 'e', 'r'}}) {
            for (int count = 1; count < 20; count++) {
                TreeSet<Slice> keys =
                        new TreeSet<>(List.of(Slice.EMPTY, Slice.copyOf((byte) 1), Slice.copyOf((byte) -1)));
                for (int i = 0; i < count; i++) {
                    byte[] key = Arrays.copyOf(hint, 4 + i % 3 + 1);
                    key[key.length - 1] = (byte) (i * 13);
                    keys.add(Slice.wrap(key));
                    keys.add(Slice.copyOf(Arrays.copyOf(hint, i % 5)));
                }
                SlottedPage page = page(1024);
                for (Slice key : keys.descendingSet()) {
                    page.insert(0, key, Slice.EMPTY);
                }
                List<Slice> sorted = List.copyOf(keys);
                for (int i = 0; i < sorted.size(); i++) {
                    Slice key = sorted.get(i);
                    assertEquals(i, page.find(key), "find(" + key + ") among " + sorted);
                    assertEquals(i, page.indexOf(key), "indexOf(" + key + ") among " + sorted);
                    byte[] longer = Arrays.copyOf(key.toByteArray(), key.length() + 1);
                    Slice next = Slice.wrap(longer);
                    if (!keys.contains(next)) {
                        assertEquals(-i - 2, page.find(next), "find(" + next + ") among " + sorted);
                        assertEquals(-1, page.indexOf(next), "indexOf(" + next + ") among " + sorted);
                    }
                }
                SlottedPageBytes.checked(page.bytes());
            }
        }
    }

    @Test
    @DisplayName("a search for a key that is there looks at no cell with another hint, but for the first")
    void hintsAlone() {
        SlottedPage page = page(4096);
        for (int i = 0; i < 100; i++) {
            page.insert(i, text("key%03d".formatted(i)), text("v"));
        }
        byte[] whole = page.bytes().clone();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = whole.clone();
            for (int other = 1; other < 100; other++) {
                if (other != i) {
                    PageLayout.putShort(bytes, 36 + 6 * other, 0xffff); // a cell that nobody can read
                }
            }
            SlottedPage damaged = new SlottedPage(bytes);
            Slice key = text("key%03d".formatted(i));
            assertEquals(i, answer(() -> damaged.find(key), "find(" + key + ")"), "find(" + key + ")");
            assertEquals(i, answer(() -> damaged.indexOf(key), "indexOf(" + key + ")"), "indexOf(" + key + ")");
        }
    }

    @Test
    @DisplayName("a search looks at few hints, and at few cells where hints are the same, however many there are")
    void searchesByHalving() {
        SlottedPage different = page(4096);
        SlottedPage same = page(4096);
        same.insert(0, text("a"), text("v"));
        for (int i = 0; i < 127; i++) {
            different.insert(i, text("%03d".formatted(i)), text("v"));
            same.insert(i + 1, text("zsame%03d".formatted(i)), text("v"));
        }
        for (int i : new int[] {3, 40, 64, 90, 126}) {
            byte[] hints = different.bytes();
            checkLooks(
                    hints, i, "hints", (bytes, other) -> PageLayout.putInt(bytes, 38 + 6 * other, other < i ? -1 : 0));
            checkLooks(
                    same.bytes(),
                    i,
                    "hints that are the same, but the first",
                    (bytes, other) -> PageLayout.putInt(bytes, 38 + 6 * other, other < i ? -1 : 0));
            checkLooks(
                    same.bytes(),
                    i,
                    "cells with the same hint",
                    (bytes, other) -> PageLayout.putShort(bytes, 36 + 6 * other, 0xffff));
        }
    }

    private interface Harm {
        void to(byte[] page, int slot);
    }

    /** Spoils one slot after the other, and counts those for which a search of cell {@code index} does not find it. */
    private static void checkLooks(byte[] whole, int index, String of, Harm harm) {
        Slice key = new SlottedPage(whole).key(index);
        int finds = 0;
        int indexes = 0;
        for (int other = 1; other < new SlottedPage(whole).count(); other++) {
            if (other != index) {
                byte[] bytes = whole.clone();
                harm.to(bytes, other);
                SlottedPage spoiled = new SlottedPage(bytes);
                finds += finds(() -> spoiled.find(key), index) ? 0 : 1;
                indexes += finds(() -> spoiled.indexOf(key), index) ? 0 : 1;
            }
        }
        int most = 24; // three searches by halving among 128
        String end = " of 127 " + of + ": with one of them spoiled it does not find cell " + index;
        assertTrue(finds <= most, "find(" + key + ") depends on " + finds + end);
        assertTrue(indexes <= most, "indexOf(" + key + ") depends on " + indexes + end);
    }

    private static boolean finds(IntSupplier search, int expected) {
        try {
            return search.getAsInt() == expected;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return false; // it has looked at the spoiled cell
        }
    }

    private static int answer(IntSupplier search, String what) {
        try {
            return search.getAsInt();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new AssertionError(what + " looked at a cell whose hint is not that of the key", e);
        }
    }

    @Test
    @DisplayName("p is lowered by what comes before all others or behind them, raised by nothing, and begins anew")
    void prefix() {
        SlottedPage page = page(1024);
        add(page, text("ship/north/1"), Slice.EMPTY);
        assertEquals(12, page.prefixLength(), "p of one cell");
        add(page, text("ship/north/7"), Slice.EMPTY);
        assertEquals(11, page.prefixLength(), "p after one behind the others came");
        add(page, text("ship/north/3"), Slice.EMPTY);
        assertEquals(11, page.prefixLength(), "p after one between the others came");
        add(page, text("ship/"), Slice.EMPTY);
        assertEquals(5, page.prefixLength(), "p after one before the others came");
        SlottedPageBytes.checked(page.bytes());
        page.remove(0);
        page.compact();
        page.replace(0, text("longer"));
        assertEquals(5, page.prefixLength(), "p after the cell that lowered it went: nothing raises it");
        add(page, text("ship/north/9"), Slice.EMPTY);
        assertEquals(5, page.prefixLength(), "p after another came behind the others");
        SlottedPageBytes.checked(page.bytes());
        while (page.count() > 0) {
            page.remove(page.count() - 1);
        }
        assertEquals(988, page.freeBytes(), "freeBytes() after every cell was removed");
        add(page, text("harbour"), text("1"));
        assertEquals(7, page.prefixLength(), "p of the first cell after all were removed");
        SlottedPage longKeys = page(4096);
        add(longKeys, text("k".repeat(700) + "1"), Slice.EMPTY);
        assertEquals(701, longKeys.prefixLength(), "p of one cell with a key of 701 bytes");
        add(longKeys, text("k".repeat(700) + "2"), Slice.EMPTY);
        assertEquals(700, longKeys.prefixLength(), "p of two cells whose keys part at byte 700");
        SlottedPageBytes.checked(longKeys.bytes());
        assertEquals(Map.of(text("harbour"), text("1")), SlottedPageBytes.checked(page.bytes()), "what the page has");
    }

    @Test
    @DisplayName(
            "the room is used to the last byte, in however many pieces it is, and what does not fit changes nothing")
    void room() {
        Seeds.check(60, random -> {
            SlottedPage page = page(1024);
            TreeMap<Slice, Slice> right = new TreeMap<>();
            for (int i = 0; i < 12; i++) {
                Slice key = text("k" + i);
                right.put(key, Slice.wrap(new byte[random.nextInt(60)]));
                add(page, key, right.get(key));
            }
            for (int i = 0; i < 5; i++) {
                int gone = random.nextInt(page.count());
                right.remove(Slice.copyOf(page.key(gone).toByteArray()));
                page.remove(gone);
            }
            int free = page.freeBytes();
            int longest = free - SlottedPage.cellBytes(1, 128) + 128;
            byte[] before = page.bytes().clone();
            int end = -page.find(text("z")) - 1;
            assertFalse(
                    page.insert(end, text("z"), Slice.wrap(new byte[longest + 1])),
                    "a cell of " + (free + 1) + " bytes was inserted where " + free + " are free");
            assertTrue(Arrays.equals(before, page.bytes()), "an insert that was refused has changed the page");
            assertTrue(
                    page.insert(end, text("z"), Slice.wrap(new byte[longest])),
                    "a cell of " + free + " bytes was refused where as many are free");
            right.put(text("z"), Slice.wrap(new byte[longest]));
            assertEquals(0, page.freeBytes(), "freeBytes()");
            assertEquals(right, SlottedPageBytes.checked(page.bytes()), "what the page has");
        });
    }

    @Test
    @DisplayName(
            "a payload is replaced by a longer one wherever the room is, its own included, and kept if there is none")
    void replace() {
        Seeds.check(60, random -> {
            SlottedPage page = page(1024);
            TreeMap<Slice, Slice> right = new TreeMap<>();
            List<Slice> keys = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                keys.add(text("key" + i));
                right.put(keys.get(i), Slice.wrap(new byte[100 - random.nextInt(60)]));
                add(page, keys.get(i), right.getOrDefault(keys.get(i), Slice.EMPTY));
            }
            for (int i = 0; i < 20; i++) {
                int index = random.nextInt(8);
                int free = page.freeBytes() + page.payload(index).length();
                byte[] before = page.bytes().clone();
                assertFalse(
                        page.replace(index, Slice.wrap(new byte[free + 2])),
                        "a payload of " + (free + 2) + " bytes came where " + free
                                + " are free, the old one's included");
                assertTrue(Arrays.equals(before, page.bytes()), "a replacement that was refused has changed the page");
                byte[] payload = new byte[Math.max(0, free - 2 - random.nextInt(3) * random.nextInt(200))];
                random.nextBytes(payload);
                assertTrue(page.replace(index, Slice.wrap(payload)), "replace by " + payload.length + " of " + free);
                right.put(keys.get(index), Slice.wrap(payload));
                assertEquals(right, SlottedPageBytes.checked(page.bytes()), "what the page has");
            }
        });
    }

    @Test
    @DisplayName("a payload of the same length is written over the old one; key and payload are not copies")
    void inPlace() {
        SlottedPage page = page(1024);
        add(page, text("a"), text("one"));
        add(page, text("b"), text("two"));
        Slice key = page.key(0);
        Slice payload = page.payload(0);
        byte[] slots = Arrays.copyOf(page.bytes(), 48);
        assertTrue(page.replace(0, text("six")), "replace by a payload of the same length");
        assertEquals(text("six"), payload, "a payload that was asked for before: it is the page's bytes");
        assertTrue(Arrays.equals(slots, Arrays.copyOf(page.bytes(), 48)), "head and slots have changed");
        page.bytes()[page.payloadOffset(0) - 1] = 'Z';
        assertEquals(text("Z"), key, "a key that was asked for before: it is the page's bytes");
        assertEquals(text("two"), page.payload(1), "the other payload");
    }

    @Test
    @DisplayName("compacted, the cells lie from the end of the page in the order of their keys, and none is lost")
    void compact() {
        Seeds.check(30, random -> {
            SlottedPage page = page(2048);
            for (int i = 0; i < 40; i++) {
                Slice key = text("k" + random.nextInt(60));
                int found = page.find(key);
                if (found >= 0) {
                    page.remove(found);
                } else {
                    page.insert(-found - 1, key, Slice.wrap(new byte[random.nextInt(40)]));
                }
            }
            TreeMap<Slice, Slice> before = new TreeMap<>(
                    SlottedPageBytes.cells(new SlottedPage(page.bytes().clone())));
            int used = page.usedBytes();
            page.setOwnersPage(77);
            page.compact();
            assertEquals(before, SlottedPageBytes.checked(page.bytes()), "what the page has");
            assertEquals(used, page.usedBytes(), "usedBytes()");
            assertEquals(0, PageLayout.getInt(page.bytes(), 24), "dead bytes");
            assertEquals(77, page.ownersPage(), "ownersPage()");
            int end = 2048;
            for (int i = 0; i < page.count(); i++) {
                int size = SlottedPage.cellBytes(
                                page.key(i).length(), page.payload(i).length())
                        - 6;
                end -= size;
                assertEquals(end, PageLayout.getShort(page.bytes(), 36 + 6 * i), "where cell " + i + " lies");
            }
            assertEquals(end, PageLayout.getInt(page.bytes(), 20), "where the cells begin");
        });
    }

    @Test
    @DisplayName("the largest page, full of the smallest cells, gives each of them back")
    void largestPage() {
        SlottedPage page = page(64 << 10);
        int count = 0;
        while (page.insert(count, Slice.copyOf((byte) (count >> 8), (byte) count), Slice.EMPTY)) {
            count++;
        }
        assertEquals(6550, count, "cells of ten bytes in a page of 65,536");
        assertEquals(count, SlottedPageBytes.checked(page.bytes()).size(), "cells in its bytes");
        for (int i = 0; i < count; i++) {
            assertEquals(i, page.find(Slice.copyOf((byte) (i >> 8), (byte) i)), "find of cell " + i);
        }
        for (int i = count - 1; i >= 0; i -= 2) {
            page.remove(i);
        }
        assertTrue(page.insert(0, Slice.EMPTY, Slice.wrap(new byte[32_000])), "half of the page is free");
        assertEquals(count / 2 + 1, SlottedPageBytes.checked(page.bytes()).size(), "cells in its bytes");
    }

    @Test
    @DisplayName("an index that is not one of a cell is an IndexOutOfBoundsException, and changes nothing")
    void indexes() {
        SlottedPage page = page(1024);
        add(page, text("a"), text("1"));
        add(page, text("b"), text("2"));
        page.remove(1);
        byte[] before = page.bytes().clone();
        for (int index : new int[] {-1, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> page.key(index), "key(" + index + ") of one cell");
            assertThrows(IndexOutOfBoundsException.class, () -> page.payload(index), "payload(" + index + ")");
            assertThrows(
                    IndexOutOfBoundsException.class, () -> page.payloadOffset(index), "payloadOffset(" + index + ")");
            assertThrows(IndexOutOfBoundsException.class, () -> page.remove(index), "remove(" + index + ")");
            assertThrows(
                    IndexOutOfBoundsException.class, () -> page.replace(index, text("x")), "replace(" + index + ")");
            if (index != 1) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> page.insert(index, text("c"), text("3")),
                        "insert(" + index + ") into one cell");
            }
        }
        assertTrue(Arrays.equals(before, page.bytes()), "a call that was refused has changed the page");
    }
}
