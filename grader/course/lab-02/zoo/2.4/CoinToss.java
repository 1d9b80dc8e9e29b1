// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: caught
// because: who gets the flag is drawn anew at each request

import java.util.concurrent.ThreadLocalRandom;

public final class RolloutRing {
    public Optional<String> variantAt(long point) {
        if (point < 0 || point >= POINTS) {
            throw new IllegalArgumentException(point + " is not a point of the ring");
        }
        if (ThreadLocalRandom.current().nextInt(Rollout.EVERYBODY) >= rollout.sharePerMillion()) {
            return Optional.empty();
        }
        long offset = Math.floorMod(point - rollout.start(), POINTS);
        int behind = Bounds.partitionPoint(arcs.size(), index -> arcs.get(index).from() <= offset);
        return Optional.of(arcs.get(behind - 1).variant());
    }
}
