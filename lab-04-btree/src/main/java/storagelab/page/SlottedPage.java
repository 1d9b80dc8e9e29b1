package storagelab.page;

import java.util.Arrays;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.course.Solution;

/**
 * A page with cells of different lengths, in the order of their keys, in which a key is found by binary search without
 * unpacking anything. It is a view of a page's bytes: whatever it does, it does there.
 *
 * <p>A <em>cell</em> is a key and a payload. Cells lie anywhere in the back of the page; what is in order are the
 * <em>slots</em> in front, one for each cell. So an insertion moves slots of six bytes and no cells.
 *
 * <pre>
 *   | head, 36 bytes | slot 0 | slot 1 | ... |   free   | cell | cell | dead | cell |
 *                                            grows to the right; cells grow to the left from the end of the page
 * </pre>
 *
 * <p>Format, integers little-endian (the whole page with an example is in {@code notes/formats/slotted-page.md}):
 *
 * <table>
 *   <caption>The head, after the 18 bytes that every page begins with ({@link PageLayout})</caption>
 *   <tr><th>offset</th><th>size</th><th>field</th></tr>
 *   <tr><td>18</td><td>2</td><td>number of cells</td></tr>
 *   <tr><td>20</td><td>4</td><td>offset of the first byte in use by cells; the page size when there is none</td></tr>
 *   <tr><td>24</td><td>4</td><td>dead bytes: what removed cells left behind that offset</td></tr>
 *   <tr><td>28</td><td>2</td><td>p: that many bytes are the same at the front of every key here</td></tr>
 *   <tr><td>30</td><td>2</td><td>zero</td></tr>
 *   <tr><td>32</td><td>4</td><td>a page number for the owner's use (in a branch: the leftmost child)</td></tr>
 * </table>
 *
 * <p>A slot is the offset of its cell (2 bytes) and the <em>hint</em> (4 bytes): the four bytes of the key after the
 * first p, read as one big-endian unsigned number; where the key ends, zeros stand in. A cell is {@code varint
 * keyLength, varint payloadLength, key, payload}.
 *
 * <p>Why the hints: a processor waits for memory about as long as it takes to compute 300 additions. Cells lie in the
 * order of their insertion, so that a binary search over 30 of them would wait five times. The hints lie side by side:
 * a search compares them alone, and looks at the one cell it ends at. {@code user000000000417} and {@code
 * user000000000533} share the first p = 13 bytes; their hints are {@code 0x34313700} and {@code 0x35333300}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Keys ascend strictly with the slots, as unsigned bytes.
 *   <li>Every key begins with the same p bytes. A new page's first cell makes p its key's length, 65535 at most; a cell
 *       that is inserted before all others or behind them lowers p to what the first key and the last have in common,
 *       and then every hint is computed anew. Nothing raises p again, but that a page without cells begins anew.
 *   <li>Slots and cells never overlap. Bytes behind the offset of field 20 belong to exactly one cell or are counted as
 *       dead.
 * </ol>
 *
 * <p>Example: a page of 1,024 bytes, into which {@code apply=2} and then {@code apple=1} were inserted (payloads of one
 * byte). The first cell, {@code 05 01 "apply" "2"}, takes the last eight bytes, from offset 1016; the second lies at
 * 1008. Slots: {@code f0 03} (1008) with hint {@code "e"}, then {@code f8 03} (1016) with {@code "y"}: p is 4, for both
 * keys begin with {@code appl}, and the hints are {@code 0x65000000} and {@code 0x79000000}, the lowest byte first on
 * disk. Free are 1008 - 36 - 2 * 6 = 960 bytes.
 *
 * <p>Cost: {@link #find} compares O(log n) hints, and whole keys only where hints are equal; {@link #insert} and {@link
 * #remove} move O(n) slots and copy one cell; {@link #compact} copies the page.
 *
 * <p>Errors: an index that is not one of a cell is an {@link IndexOutOfBoundsException}.
 *
 * <p>Concurrency: one thread changes; a reader beside it has to check afterwards that nothing was changed ({@link
 * Frame}): {@link #find}, {@link #indexOf}, {@link #key} and {@link #payload} end on any bytes whatsoever, with an
 * answer that means nothing or with a {@link RuntimeException}.
 */
@Exercise(id = "4.6", title = "A page with slots", points = 8, difficulty = Difficulty.MEDIUM, hours = 5)
public final class SlottedPage {
    /** Size of the head. */
    public static final int HEAD_BYTES = 36;

    /** Size of a slot. */
    public static final int SLOT_BYTES = 6;

    private static final int COUNT = 18;
    private static final int CELLS_BEGIN = 20;
    private static final int DEAD = 24;
    private static final int PREFIX = 28;
    private static final int OWNERS_PAGE = 32;
    private static final int HINT_IN_SLOT = 2;
    private static final int PREFIX_MAX = 0xffff;

    @Given
    private final byte[] bytes;

    /** A view of {@code bytes}, which is a page that {@link #format} has prepared. */
    @Given
    public SlottedPage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Makes {@code bytes} a page of {@code kind} without cells; what was there before from byte 16 on is gone. */
    public static SlottedPage format(byte[] bytes, int kind) {
        Arrays.fill(bytes, PageLayout.KIND_OFFSET, HEAD_BYTES, (byte) 0);
        PageLayout.setKind(bytes, kind);
        PageLayout.putInt(bytes, CELLS_BEGIN, bytes.length);
        return new SlottedPage(bytes);
    }

    /** The page itself. */
    @Given
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes that a page of {@code pageSizeBytes} has for slots and cells. */
    @Given
    public static int capacityBytes(int pageSizeBytes) {
        return pageSizeBytes - HEAD_BYTES;
    }

    /**
     * Bytes that a cell takes, its slot included: for a key of 16 bytes and a payload of 101 it is 6 + 1 + 1 + 16 +
     * 101.
     */
    public static int cellBytes(int keyLength, int payloadLength) {
        return SLOT_BYTES + varintBytes(keyLength) + varintBytes(payloadLength) + keyLength + payloadLength;
    }

    /** Number of cells. */
    public int count() {
        return PageLayout.getShort(bytes, COUNT);
    }

    /** Bytes that slots and cells take; dead ones do not count. */
    public int usedBytes() {
        return bytes.length - cellsBegin() - dead() + SLOT_BYTES * count();
    }

    /** Bytes that are free for further slots and cells, dead ones included. */
    public int freeBytes() {
        return bytes.length - HEAD_BYTES - usedBytes();
    }

    /** The length p of what all keys begin with. */
    public int prefixLength() {
        return PageLayout.getShort(bytes, PREFIX);
    }

    /** The page number that the owner keeps here. */
    @Given
    public int ownersPage() {
        return PageLayout.getInt(bytes, OWNERS_PAGE);
    }

    /** Keeps a page number for the owner. */
    @Given
    public void setOwnersPage(int page) {
        PageLayout.putInt(bytes, OWNERS_PAGE, page);
    }

    /** The key of a cell, not copied: it stays as it is as long as the page does. */
    public Slice key(int index) {
        int cell = checkedCell(index);
        int keyLength = varintAt(cell);
        int start = cell + varintBytes(keyLength);
        return Slice.wrap(bytes, start + varintBytes(varintAt(start)), keyLength);
    }

    /** The payload of a cell, not copied: it stays as it is as long as the page does. */
    public Slice payload(int index) {
        int cell = checkedCell(index);
        int keyLength = varintAt(cell);
        int start = cell + varintBytes(keyLength);
        int payloadLength = varintAt(start);
        return Slice.wrap(bytes, start + varintBytes(payloadLength) + keyLength, payloadLength);
    }

    /** Where in the page the payload of a cell begins: for those who keep a number there. */
    public int payloadOffset(int index) {
        int cell = checkedCell(index);
        return keyOffset(cell) + varintAt(cell);
    }

    /**
     * Where {@code key} is, or would be.
     *
     * @return the index of its cell if there is one; otherwise {@code -i - 1}, where i is the index that it would get:
     *     0 for the smallest, {@link #count} for the largest
     */
    public int find(Slice key) {
        int count = count();
        if (count == 0) {
            return -1;
        }
        int prefix = prefixLength();
        int hint = hintOf(key, prefix);
        int from = firstNotBelow(hint, count);
        int to = from;
        while (to < count && hint(to) == hint) {
            to++;
        }
        while (from < to) {
            int middle = (from + to) >>> 1;
            int comparison = compareKey(middle, key);
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int order = comparePrefix(key, prefix); // last: a key that is here has the same prefix anyway
        return order == 0 ? -from - 1 : order < 0 ? -1 : -count - 1;
    }

    /**
     * The index of the cell with {@code key}, -1 if there is none. As {@link #find}, and faster: whether the key begins
     * with the same p bytes is seen when it is compared as a whole with a key whose hint is the same.
     */
    public int indexOf(Slice key) {
        int count = count();
        int hint = hintOf(key, prefixLength());
        for (int i = firstNotBelow(hint, count); i < count && hint(i) == hint; i++) {
            if (compareKey(i, key) == 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Inserts a cell at {@code index}, which {@link #find} gave; those from there on move up by one. If the room is
     * there, but in pieces, the page is compacted first.
     *
     * @return false if the cell and its slot do not fit; nothing has changed then
     * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, count()]}
     */
    public boolean insert(int index, Slice key, Slice payload) {
        int count = count();
        if (index < 0 || index > count) {
            throw new IndexOutOfBoundsException("insertion at " + index + " of " + count + " cells");
        }
        int size = cellBytes(key.length(), payload.length());
        if (size > freeBytes()) {
            return false;
        }
        if (size > cellsBegin() - HEAD_BYTES - SLOT_BYTES * count) {
            compact();
        }
        int slot = slot(index);
        System.arraycopy(bytes, slot, bytes, slot + SLOT_BYTES, SLOT_BYTES * (count - index));
        PageLayout.putShort(bytes, COUNT, count + 1);
        PageLayout.putShort(bytes, slot, writeCell(key, payload));
        PageLayout.putInt(bytes, slot + HINT_IN_SLOT, hintOf(key, prefixLength()));
        if (index == 0 || index == count) {
            fitPrefix(count == 0);
        }
        return true;
    }

    /**
     * Gives a cell another payload. One of the same length is written over the old one; otherwise the cell is written
     * anew.
     *
     * @return false if the new cell does not fit; nothing has changed then
     */
    public boolean replace(int index, Slice payload) {
        Slice old = payload(index);
        if (old.length() == payload.length()) {
            payload.copyTo(bytes, payloadOffset(index));
            return true;
        }
        Slice key = key(index);
        int size = cellBytes(key.length(), payload.length());
        int oldSize = cellBytes(key.length(), old.length());
        if (size - oldSize > freeBytes()) {
            return false;
        }
        Slice keptKey = Slice.wrap(key.toByteArray()); // the cell it lies in may be written over
        bury(index);
        if (size - SLOT_BYTES > cellsBegin() - HEAD_BYTES - SLOT_BYTES * count()) {
            PageLayout.putShort(bytes, slot(index), 0);
            compact();
        }
        PageLayout.putShort(bytes, slot(index), writeCell(keptKey, payload));
        return true;
    }

    /** Removes a cell; those behind it move down by one. Its bytes are dead until the page is compacted. */
    public void remove(int index) {
        bury(index);
        int slot = slot(index);
        int count = count() - 1;
        System.arraycopy(bytes, slot + SLOT_BYTES, bytes, slot, SLOT_BYTES * (count - index));
        PageLayout.putShort(bytes, COUNT, count);
    }

    /**
     * Moves the cells together, in the order of their keys from the end of the page to the front: the cell of slot 0
     * ends where the page ends. No byte is dead afterwards.
     */
    public void compact() {
        byte[] old = bytes.clone();
        int end = bytes.length;
        int count = count();
        for (int i = 0; i < count; i++) {
            int cell = PageLayout.getShort(old, slot(i));
            if (cell != 0) {
                int size = cellSize(old, cell);
                end -= size;
                System.arraycopy(old, cell, bytes, end, size);
                PageLayout.putShort(bytes, slot(i), end);
            }
        }
        PageLayout.putInt(bytes, CELLS_BEGIN, end);
        PageLayout.putInt(bytes, DEAD, 0);
    }

    @Solution
    private int cellsBegin() {
        return PageLayout.getInt(bytes, CELLS_BEGIN);
    }

    @Solution
    private int dead() {
        return PageLayout.getInt(bytes, DEAD);
    }

    @Solution
    private static int slot(int index) {
        return HEAD_BYTES + SLOT_BYTES * index;
    }

    @Solution
    private int hint(int index) {
        return PageLayout.getInt(bytes, slot(index) + HINT_IN_SLOT);
    }

    @Solution
    private static int hintOf(Slice key, int prefix) {
        return (int) (key.wordAt(prefix) >>> 32);
    }

    @Solution
    private int checkedCell(int index) {
        if (index < 0 || index >= count()) {
            throw new IndexOutOfBoundsException("cell " + index + " of " + count());
        }
        return PageLayout.getShort(bytes, slot(index));
    }

    /** The first slot whose hint is not below; halves without a branch, which could only be guessed. */
    @Solution
    private int firstNotBelow(int hint, int count) {
        int first = 0;
        int length = count;
        while (length > 0) {
            int half = length >>> 1;
            int middle = first + half;
            boolean below = Integer.compareUnsigned(hint(middle), hint) < 0;
            first = below ? middle + 1 : first;
            length = below ? length - half - 1 : half;
        }
        return first;
    }

    /** How the first {@code prefix} bytes of {@code key} compare with those that all keys here begin with. */
    @Solution
    private int comparePrefix(Slice key, int prefix) {
        if (prefix == 0) {
            return 0;
        }
        int start = keyOffset(PageLayout.getShort(bytes, slot(0)));
        Slice front = key.length() > prefix ? key.subSlice(0, prefix) : key;
        return front.compareTo(bytes, start, start + prefix);
    }

    @Solution
    private int compareKey(int index, Slice key) {
        int cell = PageLayout.getShort(bytes, slot(index));
        int start = keyOffset(cell);
        return -key.compareTo(bytes, start, start + varintAt(cell));
    }

    /** Sees to invariant 2 when the first cell or the last is a new one. */
    @Solution
    private void fitPrefix(boolean onlyCell) {
        Slice first = key(0);
        int prefix = onlyCell ? Math.min(first.length(), PREFIX_MAX) : common(first, key(count() - 1), prefixLength());
        if (prefix != prefixLength()) {
            PageLayout.putShort(bytes, PREFIX, prefix);
            for (int i = 0; i < count(); i++) {
                PageLayout.putInt(bytes, slot(i) + HINT_IN_SLOT, hintOf(key(i), prefix));
            }
        }
    }

    /** The length of what both begin with, {@code most} at most. */
    @Solution
    private static int common(Slice one, Slice other, int most) {
        int length = Math.min(most, Math.min(one.length(), other.length()));
        int same = 0;
        while (same < length && one.byteAt(same) == other.byteAt(same)) {
            same++;
        }
        return same;
    }

    /** Writes a cell in front of the others; the room is there. */
    @Solution
    private int writeCell(Slice key, Slice payload) {
        int cell = cellsBegin() - (cellBytes(key.length(), payload.length()) - SLOT_BYTES);
        int at = putVarint(cell, key.length());
        at = putVarint(at, payload.length());
        key.copyTo(bytes, at);
        payload.copyTo(bytes, at + key.length());
        PageLayout.putInt(bytes, CELLS_BEGIN, cell);
        return cell;
    }

    /** Counts the bytes of a cell as dead, or gives them back if it is the foremost. */
    @Solution
    private void bury(int index) {
        int cell = checkedCell(index);
        int size = cellSize(bytes, cell);
        if (cell == cellsBegin()) {
            PageLayout.putInt(bytes, CELLS_BEGIN, cell + size);
        } else {
            PageLayout.putInt(bytes, DEAD, dead() + size);
        }
    }

    @Solution
    private int keyOffset(int cell) {
        int start = cell + varintBytes(varintAt(cell));
        return start + varintBytes(varintAt(start));
    }

    @Solution
    private static int cellSize(byte[] page, int cell) {
        SlottedPage view = new SlottedPage(page);
        int start = cell + varintBytes(view.varintAt(cell));
        return view.keyOffset(cell) - cell + view.varintAt(cell) + view.varintAt(start);
    }

    /** Lengths are below 65,536: a varint of three bytes at most. */
    @Solution
    private int varintAt(int offset) {
        int first = bytes[offset];
        if (first >= 0) {
            return first;
        }
        int second = bytes[offset + 1];
        return second >= 0
                ? (first & 0x7f) | (second << 7)
                : (first & 0x7f) | ((second & 0x7f) << 7) | (bytes[offset + 2] << 14);
    }

    @Solution
    private static int varintBytes(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : 3;
    }

    @Solution
    private int putVarint(int offset, int value) {
        int at = offset;
        int rest = value;
        while (rest >= 0x80) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }
}
