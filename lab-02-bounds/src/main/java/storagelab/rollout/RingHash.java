package storagelab.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;

/** Gives every text a point on a ring of 2³² points, the same in every process. */
@FunctionalInterface
public interface RingHash {
    /** The point of {@code text}, 0 to 2³²−1. */
    long pointOf(String text);

    /**
     * MurmurHash3 (x86, 32 bits, seed 0) of the UTF-8 bytes: the point of {@code "key-1"} is {@code 0x98B115A0 =
     * 2561742240}.
     */
    static RingHash murmur3() {
        return text -> Integer.toUnsignedLong(
                Hashing.murmur3_32_fixed().hashString(text, UTF_8).asInt());
    }
}
