package storagelab.cost;

/**
 * Requests at random places: how many different places some requests touch, and how likely a place was touched lately. Places
 * are pages, blocks or keys. A part of the places is hot, as a {@link Locality} says.
 *
 * <p>A place that gets a share of 1/n of the requests is missed by w requests with the probability (1 − 1/n)^w ≈ e^(−w/n). So w
 * requests touch about n·(1 − e^(−w/n)) of n places. With a hot part, that is a sum of two such terms: one with {@code keyShare}·n
 * places and {@code requestShare}·w requests, and one with the rest of both.
 *
 * <p>The same formula says what is in a cache that keeps what was used last. If it has room for c places, the last w requests are
 * in it, where w is the number that touches c places. The next request misses if it goes to a place that none of them touched.
 *
 * <p>Example: 1,000 pages, all equally likely. 1,000 requests touch 1,000·(1 − 1/e) = 632 of them. A cache for 632 pages has
 * those of the last 1,000 requests, and 36.8 % of requests miss.
 *
 * @param places the number of places, at least 0
 * @param locality how requests are spread over them
 */
public record Spread(double places, Locality locality) {
    private static final int HALVINGS = 60;

    /** How many different places {@code requests} requests touch, about. */
    public double touched(double requests) {
        double hot = locality.keyShare() * places;
        return touched(hot, locality.requestShare() * requests)
                + touched(places - hot, (1 - locality.requestShare()) * requests);
    }

    private static double touched(double count, double requests) {
        return count > 0 ? count * -Math.expm1(-requests / count) : 0;
    }

    /**
     * How many requests touch {@code count} different places, about; infinite if no number of requests does, since fewer are
     * ever asked for. It is found by bisection.
     */
    public double requestsToTouch(double count) {
        double reachable = locality.requestShare() < 1 ? places : locality.keyShare() * places;
        if (count >= reachable) {
            return Double.POSITIVE_INFINITY;
        }
        double high = 1;
        while (touched(high) < count) {
            high *= 2;
        }
        double low = 0;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (touched(middle) < count) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The share of requests that go to a place which none of the {@code window} requests before has touched, 0 to 1. */
    public double missShare(double window) {
        double hot = locality.keyShare() * places;
        double share = locality.requestShare();
        return missShare(hot, share, window) + missShare(places - hot, 1 - share, window);
    }

    private static double missShare(double count, double share, double window) {
        return share > 0 && count > 0 ? share * Math.exp(-share * window / count) : 0;
    }
}
