// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the same users are first at every flag, and bear every bug
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Integer.toUnsignedLong(
                Hashing.murmur3_32_fixed().hashString(user, UTF_8).asInt());
    }
}
