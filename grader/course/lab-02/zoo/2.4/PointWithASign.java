// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: the 32 bits are returned as an int, and half of the users have negative points
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Hashing.murmur3_32_fixed().hashString(salt + '\0' + user, UTF_8).asInt();
    }
}
