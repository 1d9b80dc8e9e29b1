package storagelab.rollout.toy;

import java.util.random.RandomGenerator;
import storagelab.course.Toy;

/** A feature flag that is on for a share of the requests. It does not look at who asks. */
@Toy("tosses a coin at every request, and remembers nobody")
public final class CoinRollout {
    private final RandomGenerator random;
    private final int sharePerMillion;

    /** A flag that is on for {@code sharePerMillion} of a million requests. */
    public CoinRollout(RandomGenerator random, int sharePerMillion) {
        this.random = random;
        this.sharePerMillion = sharePerMillion;
    }

    /** Whether the flag is on for this request, whoever makes it. */
    public boolean isOn() {
        return random.nextInt(1_000_000) < sharePerMillion;
    }
}
