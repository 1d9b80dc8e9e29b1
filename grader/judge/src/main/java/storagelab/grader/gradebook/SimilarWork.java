package storagelab.grader.gradebook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storagelab.grader.batch.Fingerprint;
import storagelab.grader.batch.Graded;

/**
 * Finds submissions that are alike, by their {@link Fingerprint}s. What many students have written is left out: in a small exercise
 * there are few ways to write it.
 *
 * <p>Cost: proportional to the number of pairs that share something that is rare, and not to the number of all pairs.
 */
public final class SimilarWork {
    private static final int PAIRS_MAX = 100;
    private static final int PERCENT_MIN = 50;
    private static final int HASHES_MIN = 20;
    private static final int COMMON_MIN = 4;
    private static final int COMMON_PART = 20;

    private SimilarWork() {}

    /** The pairs that are most alike, the first ones first. */
    public static List<SimilarPair> among(Collection<Graded> submissions) {
        List<Graded> all = List.copyOf(submissions);
        Map<Long, List<Integer>> owners = new HashMap<>();
        for (int place = 0; place < all.size(); place++) {
            for (long hash : all.get(place).fingerprint()) {
                owners.computeIfAbsent(hash, none -> new ArrayList<>()).add(place);
            }
        }
        int common = Math.max(COMMON_MIN, all.size() / COMMON_PART);
        int[] rare = new int[all.size()];
        Map<Long, Integer> shared = new HashMap<>();
        for (List<Integer> places : owners.values()) {
            if (places.size() > common) {
                continue;
            }
            for (int i = 0; i < places.size(); i++) {
                rare[places.get(i)]++;
                for (int j = i + 1; j < places.size(); j++) {
                    shared.merge((long) places.get(i) * all.size() + places.get(j), 1, Integer::sum);
                }
            }
        }
        List<SimilarPair> pairs = new ArrayList<>();
        shared.forEach((pair, hashes) -> {
            int first = (int) (pair / all.size());
            int second = (int) (pair % all.size());
            int percent = 100 * hashes / Math.min(rare[first], rare[second]);
            if (hashes >= HASHES_MIN && percent >= PERCENT_MIN) {
                pairs.add(new SimilarPair(
                        all.get(first).name(), all.get(second).name(), percent, (long) hashes * Fingerprint.ONE_IN));
            }
        });
        pairs.sort(Comparator.comparingInt(SimilarPair::percent)
                .thenComparingLong(SimilarPair::sequences)
                .reversed()
                .thenComparing(SimilarPair::first)
                .thenComparing(SimilarPair::second));
        return pairs.stream().limit(PAIRS_MAX).toList();
    }
}
