package storagelab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds a short list that still fails where a long one did, by delta debugging: leave out halves, then quarters, down to
 * single elements, and begin again whenever something could go; then replace each element by simpler ones.
 *
 * <p>Reference: A. Zeller and R. Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 28(2), 2002.
 *
 * @param <T> the elements
 */
final class Shrinker<T> {
    private final Predicate<List<T>> fails;
    private final Function<T, List<T>> simpler;
    private int triesLeft;

    /**
     * @param fails whether a list still fails
     * @param simpler what to try in place of an element, the simplest first
     * @param triesMax how often to ask before being content with what there is
     */
    Shrinker(Predicate<List<T>> fails, Function<T, List<T>> simpler, int triesMax) {
        this.fails = fails;
        this.simpler = simpler;
        this.triesLeft = triesMax;
    }

    /** A list that fails, no longer than {@code failing}: when tries last, none of its elements can be left out. */
    List<T> shrink(List<T> failing) {
        List<T> shortest = failing;
        int before;
        do {
            before = shortest.size();
            shortest = simplify(leaveOut(shortest));
        } while (shortest.size() < before && triesLeft > 0);
        return shortest;
    }

    private List<T> leaveOut(List<T> failing) {
        List<T> shortest = failing;
        int chunk = Math.max(1, shortest.size() / 2);
        while (chunk > 0) {
            int before = shortest.size();
            for (int from = shortest.size() - chunk; from > -chunk; from -= chunk) {
                List<T> candidate = new ArrayList<>(shortest);
                candidate
                        .subList(Math.max(0, from), Math.min(candidate.size(), from + chunk))
                        .clear();
                if (candidate.size() < shortest.size() && stillFails(candidate)) {
                    shortest = candidate;
                }
            }
            boolean progressAtTheEnd = chunk == 1 && shortest.size() < before;
            chunk = progressAtTheEnd ? 1 : chunk / 2;
        }
        return shortest;
    }

    private List<T> simplify(List<T> failing) {
        List<T> simplest = new ArrayList<>(failing);
        for (int i = 0; i < simplest.size(); i++) {
            for (T replacement : simpler.apply(simplest.get(i))) {
                List<T> candidate = new ArrayList<>(simplest);
                candidate.set(i, replacement);
                if (stillFails(candidate)) {
                    simplest = candidate;
                    break;
                }
            }
        }
        return simplest;
    }

    private boolean stillFails(List<T> candidate) {
        if (triesLeft == 0) {
            return false;
        }
        triesLeft--;
        return fails.test(candidate);
    }
}
