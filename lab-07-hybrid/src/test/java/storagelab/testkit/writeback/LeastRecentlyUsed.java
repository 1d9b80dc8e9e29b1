package storagelab.testkit.writeback;

import java.util.LinkedHashSet;
import java.util.Set;

/** The policy that ARC is compared with: the page goes that was not used for the longest time. */
public final class LeastRecentlyUsed {
    private LeastRecentlyUsed() {}

    /** How many pages of {@code trace} are in a memory for {@code capacity} pages when they are wanted. */
    public static int hits(int capacity, int[] trace) {
        Set<Integer> pages = new LinkedHashSet<>(); // the one that was used longest ago first
        int hits = 0;
        for (int page : trace) {
            if (pages.remove(page)) {
                hits++;
            } else if (pages.size() == capacity) {
                pages.remove(pages.iterator().next());
            }
            pages.add(page);
        }
        return hits;
    }
}
