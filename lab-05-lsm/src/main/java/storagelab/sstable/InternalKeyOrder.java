package storagelab.sstable;

import java.util.Arrays;
import java.util.Comparator;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Given;

/**
 * The order of {@linkplain InternalKey internal keys}, and short keys between them.
 *
 * <p>The short keys are for the index of a table, which needs a signpost between any two blocks, not a key that exists:
 * between {@code user:anna} and {@code user:zoe} a {@code user:b} is enough, and the index stays small. Which of many
 * short keys it is, is LevelDB's choice: an index with others would be right, too, and its bytes would be others.
 *
 * <table>
 *   <caption>Examples</caption>
 *   <tr><th>from</th><th>limit</th><th>shortest separator</th><th>because</th></tr>
 *   <tr><td>{@code ("apple", 7)}</td><td>{@code ("cherry", 3)}</td><td>{@code ("b", 2^56 - 1, VALUE)}</td>
 *       <td>the first byte that differs, raised by one, is less than the other's</td></tr>
 *   <tr><td>{@code ("apple", 7)}</td><td>{@code ("banana", 3)}</td><td>{@code ("apple", 7)}</td>
 *       <td>raised by one it would be the other's</td></tr>
 *   <tr><td>{@code ("foo", 7)}</td><td>{@code ("foobar", 3)}</td><td>{@code ("foo", 7)}</td>
 *       <td>one begins the other: no byte differs</td></tr>
 *   <tr><td>{@code ("foo", 7)}</td><td>{@code ("foo", 3)}</td><td>{@code ("foo", 7)}</td>
 *       <td>the same key of the user</td></tr>
 *   <tr><td>{@code ("fo1", 7)}</td><td>{@code ("fo9", 3)}</td><td>{@code ("fo1", 7)}</td>
 *       <td>{@code fo2} would be no shorter</td></tr>
 * </table>
 *
 * <p>Cost: {@code compare} O(bytes that both have), without copying them; the others O(bytes).
 *
 * <p>What is not an internal key, having fewer than eight bytes, is not compared in any order.
 *
 * <p>Source: LevelDB, {@code db/dbformat.cc} and {@code util/comparator.cc}.
 */
@ExercisePart("5.2")
public final class InternalKeyOrder implements Comparator<Slice> {
    /** The one order there is. */
    public static final InternalKeyOrder ORDER = new InternalKeyOrder();

    @Given
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
     * An internal key that is not less than {@code from} and less than {@code limit}. Its key of the user is that of
     * {@code from} up to the first byte in which the two keys of the user differ, and that byte is raised by one; its
     * tag is the one that comes before all others, that of sequence 2^56 - 1 and VALUE. If this is not less than
     * {@code limit}'s key of the user in that byte, or not shorter than {@code from}'s, or no byte differs, it is
     * {@code from} itself.
     *
     * @param from less than {@code limit}
     */
    public Slice shortestSeparator(Slice from, Slice limit) {
        Slice user = InternalKey.userKey(from);
        Slice userLimit = InternalKey.userKey(limit);
        int same = user.commonPrefix(userLimit);
        if (same == Math.min(user.length(), userLimit.length())) {
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
     * An internal key that is not less than {@code from}: its key of the user is that of {@code from} up to the first
     * byte that is not {@code 0xff}, and that byte is raised by one; its tag is the one that comes before all others. If
     * this is not shorter, or all bytes are {@code 0xff}, it is {@code from} itself. What a table's last index entry
     * says: of {@code ("foo", 7)} it is {@code ("g", 2^56 - 1, VALUE)}.
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
