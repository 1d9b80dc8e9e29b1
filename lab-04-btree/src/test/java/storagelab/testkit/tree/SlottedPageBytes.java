package storagelab.testkit.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.page.SlottedPage;

/** Reads the bytes of a slotted page as {@code notes/formats/slotted-page.md} says, and says what is not as it says. */
public final class SlottedPageBytes {
    private static final int HEAD_BYTES = 36;
    private static final int SLOT_BYTES = 6;

    private final byte[] bytes;
    private int at;

    private SlottedPageBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The cells of a page, by their keys. Fails if an invariant of the format does not hold. */
    public static TreeMap<Slice, Slice> checked(byte[] bytes) {
        return new SlottedPageBytes(bytes).read();
    }

    private TreeMap<Slice, Slice> read() {
        int count = number(18, 2);
        int cellsBegin = number(20, 4);
        int prefix = number(28, 2);
        check(number(30, 2) == 0, "bytes 30 and 31 are zero");
        check(
                HEAD_BYTES + SLOT_BYTES * count <= cellsBegin && cellsBegin <= bytes.length,
                count + " slots end before the cells, which begin at " + cellsBegin);
        boolean[] used = new boolean[bytes.length];
        int usedBytes = 0;
        TreeMap<Slice, Slice> cells = new TreeMap<>();
        List<Slice> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int slot = HEAD_BYTES + SLOT_BYTES * i;
            int cell = number(slot, 2);
            check(cell >= cellsBegin, "cell " + i + " at " + cell + " is not before " + cellsBegin);
            at = cell;
            int keyLength = varint();
            int payloadLength = varint();
            Slice key = Slice.wrap(bytes, at, keyLength);
            cells.put(key, Slice.wrap(bytes, at + keyLength, payloadLength));
            keys.add(key);
            check(i == 0 || keys.get(i - 1).compareTo(key) < 0, "key " + i + " is greater than the one before");
            for (int j = cell; j < at + keyLength + payloadLength; j++) {
                check(!used[j], "byte " + j + " belongs to one cell");
                used[j] = true;
                usedBytes++;
            }
            check(hint(key, prefix) == number(slot + 2, 4), "the hint of key " + i + " is right for p = " + prefix);
        }
        if (count > 0) {
            Slice first = keys.get(0);
            check(
                    prefix <= first.length() && keys.get(count - 1).startsWith(first.subSlice(0, prefix)),
                    "all keys begin with the same " + prefix + " bytes");
        }
        check(
                usedBytes + number(24, 4) == bytes.length - cellsBegin,
                usedBytes + " bytes of cells and " + number(24, 4) + " dead ones are all behind " + cellsBegin);
        return cells;
    }

    private static int hint(Slice key, int prefix) {
        int hint = 0;
        for (int i = prefix; i < prefix + 4; i++) {
            hint = (hint << 8) | (i < key.length() ? key.byteAt(i) & 0xff : 0);
        }
        return hint;
    }

    private int number(int offset, int size) {
        int number = 0;
        for (int i = size - 1; i >= 0; i--) {
            number = (number << 8) | (bytes[offset + i] & 0xff);
        }
        return number;
    }

    private int varint() {
        int value = 0;
        int shift = 0;
        while (bytes[at] < 0) {
            value |= (bytes[at++] & 0x7f) << shift;
            shift += 7;
        }
        return value | (bytes[at++] << shift);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("in the bytes of the page it does not hold that " + what);
        }
    }

    /** The cells of a page as it answers itself. */
    public static Map<Slice, Slice> cells(SlottedPage page) {
        TreeMap<Slice, Slice> cells = new TreeMap<>();
        for (int i = 0; i < page.count(); i++) {
            cells.put(page.key(i), page.payload(i));
        }
        return cells;
    }
}
