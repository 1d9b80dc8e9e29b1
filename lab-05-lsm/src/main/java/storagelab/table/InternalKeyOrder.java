package storagelab.table;

import java.util.Arrays;
import java.util.Comparator;
import storagelab.api.Slice;

/**
 * The order of {@linkplain InternalKey internal keys}, and short keys between them.
 *
 * <p>Source: LevelDB, {@code db/dbformat.cc} and {@code util/comparator.cc}: an index that is built with other short
 * keys would be right, too, and its bytes would differ from LevelDB's.
 */
public final class InternalKeyOrder implements Comparator<Slice> {
    /** The one order there is. */
    public static final InternalKeyOrder ORDER = new InternalKeyOrder();

    private InternalKeyOrder() {}

    /** By the user's key, ascending; then by the tag, descending. Eight bytes are compared at once. */
    @Override
    public int compare(Slice one, Slice other) {
        int oneLength = one.length() - InternalKey.TAG_BYTES;
        int otherLength = other.length() - InternalKey.TAG_BYTES;
        int common = Math.min(oneLength, otherLength);
        for (int at = 0; at < common; at += Long.BYTES) {
            int beyond = Long.SIZE - Byte.SIZE * Math.min(Long.BYTES, common - at); // bits that are not of both keys
            long oneWord = one.wordAt(at) >>> beyond;
            long otherWord = other.wordAt(at) >>> beyond;
            if (oneWord != otherWord) {
                return Long.compareUnsigned(oneWord, otherWord);
            }
        }
        int order = Integer.compare(oneLength, otherLength);
        return order != 0 ? order : Long.compareUnsigned(InternalKey.tag(other), InternalKey.tag(one));
    }

    /**
     * An internal key that is not less than {@code from} and less than {@code limit}, and shorter than {@code from} if
     * one with a shorter key of the user is found by raising a single byte; otherwise {@code from}. {@code from} must
     * be less than {@code limit}.
     *
     * <p>Example: between {@code ("apple", 7)} and {@code ("banana", 3)}: at the first byte where they differ,
     * {@code a} can be raised and is then {@code b}, which is not less than {@code banana}'s; so the separator is
     * {@code apple} itself. Between {@code ("apple", 7)} and {@code ("cherry", 3)} it is
     * {@code ("b", 2^56 - 1, VALUE)}.
     */
    public Slice shortestSeparator(Slice from, Slice limit) {
        Slice user = InternalKey.userKey(from);
        Slice userLimit = InternalKey.userKey(limit);
        int same = 0;
        int length = Math.min(user.length(), userLimit.length());
        while (same < length && user.byteAt(same) == userLimit.byteAt(same)) {
            same++;
        }
        if (same == length) {
            return from; // one begins the other
        }
        int low = user.byteAt(same) & 0xff;
        int high = userLimit.byteAt(same) & 0xff;
        if (low + 1 >= high || same + 1 >= user.length()) {
            return from;
        }
        return raised(user, same, low + 1);
    }

    /**
     * An internal key that is not less than {@code from}, with a shorter key of the user if there is one: its first
     * byte that is not {@code 0xff}, raised by one, and what is before it. What a table's last index entry says.
     */
    public Slice shortSuccessor(Slice from) {
        Slice user = InternalKey.userKey(from);
        for (int i = 0; i < user.length() - 1; i++) {
            int value = user.byteAt(i) & 0xff;
            if (value != 0xff) {
                return raised(user, i, value + 1);
            }
        }
        return from;
    }

    /** The user's key up to {@code index}, where it has {@code value}, with the tag that comes before all others. */
    private static Slice raised(Slice user, int index, int value) {
        byte[] shorter = Arrays.copyOf(user.toByteArray(), index + 1);
        shorter[index] = (byte) value;
        return InternalKey.seekKey(Slice.wrap(shorter), InternalKey.MAX_SEQUENCE);
    }
}
