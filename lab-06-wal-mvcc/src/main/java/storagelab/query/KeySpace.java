package storagelab.query;

import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;

/**
 * Which keys of a store belong to relations: those that begin with {@code 00 71}. Every other user of the store has all other
 * keys. A relation, an index and the catalog each have a number, which the next four bytes are, the highest first; the catalog
 * has 0. So the keys of each are one range, and no range contains another.
 *
 * <p>Example: the rows of the relation 3 have the keys {@code [00 71 00 00 00 03, 00 71 00 00 00 04)}.
 *
 * <p>Format: {@code notes/formats/relations.md}.
 */
final class KeySpace {
    /** Begins every key of a relation, an index or the catalog. */
    static final Slice ROOT = Slice.copyOf((byte) 0x00, (byte) 0x71);

    /** The number of the catalog. */
    static final int CATALOG = 0;

    /** How long a prefix is. */
    static final int PREFIX_BYTES = ROOT.length() + Integer.BYTES;

    private KeySpace() {}

    /** What every key of the relation, index or catalog with this number begins with. */
    static Slice prefix(int id) {
        return prefix(id, 0).toSlice();
    }

    /** A writer that has written the prefix. */
    static ByteWriter prefix(int id, int moreBytes) {
        ByteWriter out = new ByteWriter(PREFIX_BYTES + moreBytes).putBytes(ROOT);
        putId(out, id);
        return out;
    }

    /** Appends a number, the highest byte first. */
    static void putId(ByteWriter out, int id) {
        out.putFixed32(Integer.reverseBytes(id));
    }

    /** The number whose four bytes begin at {@code offset} of a key. */
    static int idAt(Slice key, int offset) {
        return (int) (key.wordAt(offset) >>> Integer.SIZE);
    }

    /** All keys of the relation, index or catalog with this number. */
    static KeyRange range(int id) {
        return KeyRange.prefix(prefix(id));
    }
}
