package storagelab.cache;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What the best policy of all could do that knew the future: the page goes that will not be wanted for the longest time
 * (Belady, 1966). No policy that takes in every page that is wanted can do better on the same trace, and none that does
 * not know the future can be expected to do as well; it is the bound beside which others are to be seen.
 *
 * <p>Cost: O(n log n) for a trace of n pages.
 */
public final class BeladyOptimum {
    private BeladyOptimum() {}

    /** The largest number of hits that {@link CacheSimulator#hits} can count for {@code trace}, whatever the policy. */
    public static int hits(int[] trace, int capacity) {
        int pageCount = Arrays.stream(trace).max().orElse(0) + 1;
        int[] nextUses = nextUses(trace, pageCount);
        boolean[] isHere = new boolean[pageCount];
        // The next uses of the pages that are here, the farthest first. Those of the past are behind all of them.
        PriorityQueue<Integer> farthest = new PriorityQueue<>(Comparator.reverseOrder());
        int pagesHere = 0;
        int hits = 0;
        for (int i = 0; i < trace.length; i++) {
            int page = trace[i];
            if (isHere[page]) {
                hits++;
            } else if (pagesHere < capacity) {
                pagesHere++;
            } else {
                int use = farthest.remove();
                isHere[use < trace.length ? trace[use] : use - trace.length] = false;
            }
            isHere[page] = true;
            farthest.add(nextUses[i]);
        }
        return hits;
    }

    /** For each place of the trace, where its page is wanted next; the length and the page's number if it never is. */
    private static int[] nextUses(int[] trace, int pageCount) {
        int[] nextOfPage = new int[pageCount];
        for (int page = 0; page < pageCount; page++) {
            nextOfPage[page] = trace.length + page;
        }
        int[] nextUses = new int[trace.length];
        for (int i = trace.length - 1; i >= 0; i--) {
            nextUses[i] = nextOfPage[trace[i]];
            nextOfPage[trace[i]] = i;
        }
        return nextUses;
    }
}
