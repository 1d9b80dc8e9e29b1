package storagelab.page;

import java.util.Arrays;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

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
 * first p, read as one big-endian unsigned number; where the key ends, zeros stand in ({@link Slice#wordAt} reads eight
 * bytes in this way). A cell is {@code varint keyLength, varint payloadLength, key, payload}, with the varints of lab 1
 * ({@link storagelab.codec.ByteWriter}): seven bits a byte, the lowest first, and the eighth bit says that there are
 * more.
 *
 * <p>Why the hints: a processor waits for memory about as long as it takes to compute 300 additions. Cells lie in the
 * order of their insertion, so that a binary search over 30 of them would wait five times. The hints lie side by side:
 * a search compares them alone, and looks at the one cell it ends at. {@code user000000000417} and {@code
 * user000000000533} share the first p = 13 bytes; their hints are {@code 0x34313700} and {@code 0x35333300}. Hints may
 * be equal where keys are not: those of {@code ab}, {@code ab} and a zero byte, and those of all keys that differ
 * later. Among these whole keys decide.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Keys ascend strictly with the slots, as unsigned bytes.
 *   <li>Every key begins with the same p bytes. A new page's first cell makes p its key's length; a cell that is
 *       inserted before all others or behind them lowers p to what the first key and the last have in common, and then
 *       every hint is computed anew. Nothing raises p again, but that a page without cells begins anew.
 *   <li>Slots and cells never overlap. Bytes behind the offset of field 20 belong to exactly one cell or are counted as
 *       dead.
 * </ol>
 *
 * <p>Example: a page of 1,024 bytes, into which {@code apply=2} and then {@code apple=1} were inserted (payloads of one
 * byte). The first cell, {@code 05 01 "apply" "2"}, takes the last eight bytes, from offset 1016; the second lies at
 * 1008. Slots: {@code f0 03} (1008) with the hint {@code 00 00 00 65}, then {@code f8 03} (1016) with {@code 00 00 00
 * 79}: p is 4, for both keys begin with {@code appl}, and the hints are {@code 0x65000000} (e) and {@code 0x79000000}
 * (y), on disk with the lowest byte first. Free are 1008 - 36 - 2 * 6 = 960 bytes. After the first insertion alone p
 * was 5, and the hint 0.
 *
 * <p>Cost: {@link #find} and {@link #indexOf} compare O(log n) hints, and O(log m) whole keys where m hints are equal;
 * {@link #insert} and {@link #remove} move O(n) slots, and copy one cell, or the page if it is compacted.
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
    private static final int HINT_IN_SLOT = 2;

    @Given
    private static final int OWNERS_PAGE = 32;

    @Given
    private final byte[] bytes;

    /** A view of {@code bytes}, which is a page that {@link #format} has prepared. */
    @Given
    public SlottedPage(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes {@code bytes} a page of {@code kind} without cells, whatever was there. The first 16 bytes, with the page's
     * number and its version, stay; the rest of the head is as the table says, the owner's page 0.
     */
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
        return SLOT_BYTES + CellLayout.bytes(keyLength, payloadLength);
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
        return Slice.wrap(bytes, CellLayout.keyOffset(bytes, cell), CellLayout.keyLength(bytes, cell));
    }

    /** The payload of a cell, not copied: it stays as it is as long as the page does. */
    public Slice payload(int index) {
        int cell = checkedCell(index);
        return Slice.wrap(bytes, CellLayout.payloadOffset(bytes, cell), CellLayout.payloadLength(bytes, cell));
    }

    /** Where in the page the payload of a cell begins: for those who keep a number there. */
    public int payloadOffset(int index) {
        return CellLayout.payloadOffset(bytes, checkedCell(index));
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
        int first = firstNotBelow(hint, 0, count);
        int found = search(key, first, endOfRun(hint, first, count));
        if (found >= 0) {
            return found;
        }
        int order = comparePrefix(key, prefix); // last: a key that is here has the same prefix anyway
        return order == 0 ? found : order < 0 ? -1 : -count - 1;
    }

    /**
     * The index of the cell with {@code key}, -1 if there is none. As {@link #find}, and faster: whether the key begins
     * with the same p bytes is seen when it is compared as a whole with a key whose hint is the same.
     */
    public int indexOf(Slice key) {
        int count = count();
        int hint = hintOf(key, prefixLength());
        int first = firstNotBelow(hint, 0, count);
        if (first == count || hint(first) != hint) {
            return -1;
        }
        int order = compareKey(first, key);
        return order >= 0
                ? (order == 0 ? first : -1)
                : Math.max(-1, search(key, first + 1, endOfRun(hint, first + 1, count)));
    }

    /**
     * Inserts a cell at {@code index}, which {@link #find} gave; those from there on move up by one. If the room is
     * there, but in pieces, the page is compacted first.
     *
     * @param key not a view of this page, whose bytes move; and so the payload
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
     * @param payload not a view of this page, whose bytes move
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

    /** Removes a cell; those behind it move down by one. Its bytes are free, if only after the page was compacted. */
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
                int size = CellLayout.bytesAt(old, cell);
                end -= size;
                System.arraycopy(old, cell, bytes, end, size);
                PageLayout.putShort(bytes, slot(i), end);
            }
        }
        PageLayout.putInt(bytes, CELLS_BEGIN, end);
        PageLayout.putInt(bytes, DEAD, 0);
    }

    private int cellsBegin() {
        return PageLayout.getInt(bytes, CELLS_BEGIN);
    }

    private int dead() {
        return PageLayout.getInt(bytes, DEAD);
    }

    private static int slot(int index) {
        return HEAD_BYTES + SLOT_BYTES * index;
    }

    private int hint(int index) {
        return PageLayout.getInt(bytes, slot(index) + HINT_IN_SLOT);
    }

    private static int hintOf(Slice key, int prefix) {
        return (int) (key.wordAt(prefix) >>> 32);
    }

    private int checkedCell(int index) {
        if (index < 0 || index >= count()) {
            throw new IndexOutOfBoundsException("cell " + index + " of " + count());
        }
        return PageLayout.getShort(bytes, slot(index));
    }

    /**
     * The first slot from {@code from} on whose hint is not below; halves without a branch, which could only be
     * guessed.
     */
    private int firstNotBelow(int hint, int from, int count) {
        int first = from;
        int length = count - from;
        while (length > 0) {
            int half = length >>> 1;
            int middle = first + half;
            boolean below = Integer.compareUnsigned(hint(middle), hint) < 0;
            first = below ? middle + 1 : first;
            length = below ? length - half - 1 : half;
        }
        return first;
    }

    /** The first slot from {@code from} on with another hint, where those before are below or the same. */
    private int endOfRun(int hint, int from, int count) {
        if (from == count || hint(from) != hint) {
            return from;
        }
        return hint == -1 ? count : firstNotBelow(hint + 1, from, count);
    }

    /** As {@link #find}, among the cells {@code [from, to)}, by whole keys. */
    private int search(Slice key, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compareKey(middle, key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -low - 1;
    }

    /** How the first {@code prefix} bytes of {@code key} compare with those that all keys of the page begin with. */
    private int comparePrefix(Slice key, int prefix) {
        if (prefix == 0) {
            return 0;
        }
        int start = CellLayout.keyOffset(bytes, PageLayout.getShort(bytes, slot(0)));
        Slice front = key.length() > prefix ? key.subSlice(0, prefix) : key;
        return front.compareTo(bytes, start, start + prefix);
    }

    private int compareKey(int index, Slice key) {
        int cell = PageLayout.getShort(bytes, slot(index));
        int start = CellLayout.keyOffset(bytes, cell);
        return -key.compareTo(bytes, start, start + CellLayout.keyLength(bytes, cell));
    }

    /** Sees to invariant 2 when the first cell or the last is a new one. */
    private void fitPrefix(boolean onlyCell) {
        Slice first = key(0);
        int prefix = onlyCell ? first.length() : Math.min(prefixLength(), first.commonPrefix(key(count() - 1)));
        if (prefix != prefixLength()) {
            PageLayout.putShort(bytes, PREFIX, prefix);
            for (int i = 0; i < count(); i++) {
                PageLayout.putInt(bytes, slot(i) + HINT_IN_SLOT, hintOf(key(i), prefix));
            }
        }
    }

    /** Writes a cell in front of the others; the room is there. */
    private int writeCell(Slice key, Slice payload) {
        int cell = cellsBegin() - CellLayout.bytes(key.length(), payload.length());
        CellLayout.write(bytes, cell, key, payload);
        PageLayout.putInt(bytes, CELLS_BEGIN, cell);
        return cell;
    }

    /** Counts the bytes of a cell as dead, or gives them back if it is the foremost. */
    private void bury(int index) {
        int cell = checkedCell(index);
        int size = CellLayout.bytesAt(bytes, cell);
        if (cell == cellsBegin()) {
            PageLayout.putInt(bytes, CELLS_BEGIN, cell + size);
        } else {
            PageLayout.putInt(bytes, DEAD, dead() + size);
        }
    }
}
