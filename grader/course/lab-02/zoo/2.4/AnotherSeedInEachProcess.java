// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: goodFastHash promises the same answer within one process only: the next deployment gives the flag to other users
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Integer.toUnsignedLong(Hashing.goodFastHash(32)
                .hashString(salt + '\0' + user, UTF_8)
                .asInt());
    }
}
