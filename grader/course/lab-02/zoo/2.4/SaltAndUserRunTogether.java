// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: without a byte between them, salt a with user bc is salt ab with user c
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Integer.toUnsignedLong(
                Hashing.murmur3_32_fixed().hashString(salt + user, UTF_8).asInt());
    }
}
