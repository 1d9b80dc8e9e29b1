// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the UTF-16 characters are hashed, two bytes each, and not the UTF-8 bytes
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Integer.toUnsignedLong(Hashing.murmur3_32_fixed()
                .hashUnencodedChars(salt + '\0' + user)
                .asInt());
    }
}
