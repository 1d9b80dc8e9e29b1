package storagelab.sstable;

import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * A key of the user with the number and the kind of the write that set it: what tables are sorted by. A write does not
 * replace an older one; it gets the next <em>sequence</em> number and lies beside it, and so does a deletion.
 *
 * <p>Format: the user's key, then eight bytes, little-endian, which are {@code sequence << 8 | kind}: the <em>tag</em>.
 * Sequences have 56 bits; the codes of kinds are those of {@link ValueKind}.
 *
 * <table>
 *   <caption>Internal keys</caption>
 *   <tr><th>user's key</th><th>sequence</th><th>kind</th><th>bytes</th></tr>
 *   <tr><td>a</td><td>5</td><td>VALUE</td><td>{@code 61  01 05 00 00 00 00 00 00}</td></tr>
 *   <tr><td>a</td><td>3</td><td>DELETION</td><td>{@code 61  00 03 00 00 00 00 00 00}</td></tr>
 *   <tr><td>a, and a zero byte</td><td>9</td><td>VALUE</td><td>{@code 61 00  01 09 00 00 00 00 00 00}</td></tr>
 *   <tr><td>no bytes</td><td>258</td><td>VALUE</td><td>{@code 01 02 01 00 00 00 00 00}</td></tr>
 * </table>
 *
 * <p>Order, which {@link InternalKeyOrder} compares by: the user's key ascending, as unsigned bytes; among equal keys
 * the tag <em>descending</em>, as an unsigned number: the newest first. So {@code ("a", 5, VALUE)} comes before
 * {@code ("a", 3, DELETION)}, and both before {@code ("a\0", 9, VALUE)}. The bytes alone would have it the other way
 * round in both cases, which is why nobody compares them.
 *
 * <p>Whoever wants to know what {@code a} was at sequence 4 looks for the first internal key that is not before
 * {@code ("a", 4, VALUE)}, its {@linkplain #seekKey seek key}: that is {@code ("a", 3, DELETION)}, so {@code a} was not
 * there. VALUE has the largest code of all kinds; so the seek key comes before every write of its sequence or is one.
 *
 * <p>Source: LevelDB, {@code db/dbformat.h}.
 */
@Exercise(id = "5.2", title = "Keys with versions", points = 3, difficulty = Difficulty.EASY, hours = 1.5)
public final class InternalKey {
    /** The largest sequence. */
    public static final long MAX_SEQUENCE = SequenceNumber.MAX;

    /** What an internal key has besides the user's key. */
    public static final int TAG_BYTES = Long.BYTES;

    @Given
    private InternalKey() {}

    /**
     * The internal key of a write. The bytes of {@code userKey} are copied.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link #MAX_SEQUENCE}
     */
    public static Slice of(Slice userKey, long sequence, ValueKind kind) {
        byte[] bytes = new byte[userKey.length() + TAG_BYTES];
        userKey.copyTo(bytes, 0);
        long tag = tag(sequence, kind);
        for (int i = 0; i < TAG_BYTES; i++) {
            bytes[userKey.length() + i] = (byte) (tag >>> (Byte.SIZE * i));
        }
        return Slice.wrap(bytes);
    }

    /**
     * The internal key at which to look for what {@code userKey} was at {@code sequence}: no write of it with this
     * sequence or a smaller one comes before it, and all with a greater one do.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link #MAX_SEQUENCE}
     */
    public static Slice seekKey(Slice userKey, long sequence) {
        return of(userKey, sequence, ValueKind.VALUE);
    }

    /**
     * {@code sequence << 8 | kind}.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link #MAX_SEQUENCE}
     */
    public static long tag(long sequence, ValueKind kind) {
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence " + sequence + " is not in 0 to " + MAX_SEQUENCE);
        }
        return sequence << Byte.SIZE | kind.code();
    }

    /**
     * The tag of an internal key.
     *
     * @throws IllegalArgumentException if there are fewer than eight bytes
     */
    public static long tag(Slice internalKey) {
        return Long.reverseBytes(internalKey.wordAt(userLength(internalKey)));
    }

    /**
     * The user's key in an internal key, not copied.
     *
     * @throws IllegalArgumentException if there are fewer than eight bytes
     */
    public static Slice userKey(Slice internalKey) {
        return internalKey.subSlice(0, userLength(internalKey));
    }

    /**
     * The sequence in an internal key.
     *
     * @throws IllegalArgumentException if there are fewer than eight bytes
     */
    public static long sequence(Slice internalKey) {
        return tag(internalKey) >>> Byte.SIZE;
    }

    /**
     * What the write did.
     *
     * @throws IllegalArgumentException if the code is that of no kind, or there are fewer than eight bytes
     */
    public static ValueKind kind(Slice internalKey) {
        return ValueKind.of((int) (tag(internalKey) & 0xff));
    }

    /** An internal key for messages: {@code a@5}, and {@code a@5†} for a deletion. */
    @Given
    public static String toString(Slice internalKey) {
        boolean deleted = (tag(internalKey) & 0xff) == ValueKind.DELETION.code();
        return userKey(internalKey) + "@" + sequence(internalKey) + (deleted ? "†" : "");
    }

    private static int userLength(Slice internalKey) {
        if (internalKey.length() < TAG_BYTES) {
            throw new IllegalArgumentException("an internal key of " + internalKey.length() + " bytes has no tag");
        }
        return internalKey.length() - TAG_BYTES;
    }
}
