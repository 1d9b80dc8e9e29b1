package storagelab.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.bounds.Bounds;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;

/**
 * Decides which users a feature flag is on for, and which variant each gets, without remembering anybody.
 *
 * <p>Picture a clock face of 2³² points, 0 to 4,294,967,295, on which 0 follows the last. Every user has a point on it,
 * by a hash of the flag's salt and the user's name. From {@link Rollout#start} on, clockwise, each variant has an arc
 * as long as its weight says; the arcs are neighbours and together they are the whole ring, so one of them may wrap
 * past zero; counted from the start, as {@link Arc} does it, none does. In each arc the flag is on from its first point
 * up to the share of its length that {@link Rollout#sharePerMillion} says. To ramp up from 1 % to 10 % moves the ends
 * of these parts and nothing else: users are added, nobody is taken out and nobody changes variants.
 *
 * <p>Example: variants A, B, C with weights 50, 30, 20, which start at {@code 0xC0000000}, for 10 % of the users. Points
 * to the right are counted from the start:
 *
 * <pre>
 *   variant  points of the ring             from the start                 on for
 *   A        C0000000 … past 0 … 3FFFFFFF   [0,          2147483648)       [0,          214748364)
 *   B        40000000 … 8CCCCCCB            [2147483648, 3435973836)       [2147483648, 2276332666)
 *   C        8CCCCCCC … BFFFFFFF            [3435973836, 4294967296)       [3435973836, 3521873182)
 * </pre>
 *
 * <p>Concurrency: immutable, any number of threads.
 */
public final class RolloutRing {
    /** Points of the ring: 2³². */
    public static final long POINTS = 1L << 32;

    private final Rollout rollout;
    private final List<Arc> arcs;

    /** The flag that {@code rollout} describes. */
    public RolloutRing(Rollout rollout) {
        this(rollout, arcsOf(rollout));
    }

    /**
     * The flag that {@code rollout} describes, with arcs that were computed before.
     *
     * @param arcs what {@link #arcsOf} returns for the rollout; not copied
     */
    public RolloutRing(Rollout rollout, List<Arc> arcs) {
        this.rollout = rollout;
        this.arcs = arcs;
    }

    /** The variant that {@code user} gets, or nothing if the flag is off for this user. */
    public Optional<String> variantOf(String user) {
        return variantAt(pointOf(rollout.salt(), user));
    }

    /**
     * The point of a user on the ring of a flag: MurmurHash3 (x86, 32 bits, seed 0) of the UTF-8 bytes of {@code salt},
     * one byte 0, and the UTF-8 bytes of {@code user}, in this order; its 32 bits read as a number without a sign.
     * Guava has it: {@code Hashing.murmur3_32_fixed()}.
     *
     * <p>Every process, on every machine, after every restart and in every language must come to the same point: these
     * values are part of the contract.
     *
     * <pre>
     *   salt      user        bytes                                          point
     *   checkout  user-1      63 68 65 63 6b 6f 75 74 00 75 73 65 72 2d 31   0x9F21CF6D = 2669793133
     *   checkout  user-2      63 68 65 63 6b 6f 75 74 00 75 73 65 72 2d 32   0x6B7A8ED6 = 1803194070
     *   search    user-1      73 65 61 72 63 68 00 75 73 65 72 2d 31         0x59047D56 = 1493466454
     *   checkout  Zoë         63 68 65 63 6b 6f 75 74 00 5a 6f c3 ab         0x66E70E0D = 1726418445
     * </pre>
     *
     * <p>{@code user-1} is early on one flag and late on another: that is what the salt is for. Without the byte 0, flag
     * {@code "a"} with user {@code "bc"} and flag {@code "ab"} with user {@code "c"} would be the same bytes.
     *
     * @return 0 to 2³²−1
     */
    @Exercise(
            id = "2.4",
            title = "Feature rollouts on a ring",
            points = 10,
            difficulty = Difficulty.MEDIUM,
            hours = 2,
            needs = "2.1")
    public static long pointOf(String salt, String user) {
        int hash = Hashing.murmur3_32_fixed()
                .newHasher()
                .putString(salt, UTF_8)
                .putByte((byte) 0)
                .putString(user, UTF_8)
                .hash()
                .asInt();
        return Integer.toUnsignedLong(hash);
    }

    /**
     * The arcs of the variants, one for each in the order of {@link Rollout#variants}, counted from the start of the
     * rollout. Neighbours meet: the first begins at 0, each begins where the one before it ends, the last ends at 2³². A
     * variant of weight 0 has an empty arc.
     *
     * <p>With W the sum of all weights and w the sum of the weights up to and including a variant, its arc ends at
     * ⌊2³² · w / W⌋. The example above: A ends at ⌊2³² · 50 / 100⌋ = 2147483648, B at ⌊2³² · 80 / 100⌋ = 3435973836, C at
     * 2³² = 4294967296. Every arc is thus within one point of its exact length, however many there are. (Lengths that are
     * rounded one by one and added up are not, and leave a gap at the end in which users get nothing at 100 %.)
     *
     * <p>The product of 2³² and the largest sum of weights, 2³¹−1, fits a {@code long}, and not by much.
     *
     * <p>The share of the rollout plays no part here: the arcs stay where they are while it grows.
     */
    @ExercisePart("2.4")
    public static List<Arc> arcsOf(Rollout rollout) {
        long total = rollout.variants().stream().mapToLong(Variant::weight).sum();
        List<Arc> arcs = new ArrayList<>();
        long weights = 0;
        long from = 0;
        for (Variant variant : rollout.variants()) {
            weights += variant.weight();
            long to = POINTS * weights / total;
            arcs.add(new Arc(from, to, variant.name()));
            from = to;
        }
        return arcs;
    }

    /**
     * The variant of the users at {@code point}, or nothing if the flag is off there.
     *
     * <p>How far the point is from the start of the rollout, going clockwise and past zero if need be, says which arc it is
     * in: the last one that begins at or before it. In an arc of length L the flag is on for the first
     * ⌊L · {@link Rollout#sharePerMillion} / 1,000,000⌋ points, and off for the rest.
     *
     * <p>Examples, with the rollout above: point {@code 0xC0000000} is 0 from the start, the first point of A, and gets A.
     * Point {@code 0x00000000} is 1073741824 from the start, in the middle of A: off at 10 %, still off at 50 % (whose part
     * is {@code [0, 1073741824)}), on at 50.0001 %. Point {@code 0xBFFFFFFF} is the last of C, and on only at 100 %. Of the
     * users, {@code user-2} is 2876935894 from the start, in B, 729452246 behind its beginning, and gets B from 56.7 % on.
     *
     * <p>An empty arc has no points: of several arcs that begin at the same place, the last is meant.
     *
     * <p>Cost: a bound search ({@link Bounds#partitionPoint}); at most ⌈log₂(n+1)⌉ + 1 calls of {@link List#get} on the n
     * arcs: 3 for 3 variants, 18 for 100,000.
     *
     * @param point 0 to 2³²−1
     * @throws IllegalArgumentException if {@code point} is not on the ring
     */
    @ExercisePart("2.4")
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        Arc arc = arcs.get(behind - 1); // the first arc begins at 0, so there is one
        long on = arc.length() * rollout.sharePerMillion() / Rollout.EVERYBODY;
        return offset - arc.from() < on ? Optional.of(arc.variant()) : Optional.empty();
    }
}
