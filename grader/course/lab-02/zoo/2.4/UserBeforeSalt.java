// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the bytes are in another order than all other processes have them
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Integer.toUnsignedLong(
                Hashing.murmur3_32_fixed().hashString(user + '\0' + salt, UTF_8).asInt());
    }
}
