// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: String.hashCode is no hash for a ring: names that differ in the last letter are neighbours
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        return Integer.toUnsignedLong((salt + '\0' + user).hashCode());
    }
}
