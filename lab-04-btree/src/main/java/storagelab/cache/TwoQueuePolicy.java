package storagelab.cache;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import storagelab.course.ExercisePart;

/**
 * Keeps pages on probation until they are wanted a second time, so that a scan, which wants every page once, drives out
 * other pages of scans and hardly anything else. This is 2Q in its full version (Johnson and Shasha, 1994), with their
 * sizes.
 *
 * <p>Two queues of slots, and one of numbers of pages that have gone:
 *
 * <table>
 *   <caption>The three queues, capacity being c</caption>
 *   <tr><th>queue</th><th>has</th><th>order</th><th>length</th></tr>
 *   <tr><td>{@code recent} (A1in)</td><td>slots of pages that are new</td><td>as they were admitted; a touch changes
 *       nothing</td><td>goes first while longer than c/4</td></tr>
 *   <tr><td>{@code ghosts} (A1out)</td><td>numbers of pages that were removed from {@code recent}</td><td>as they were
 *       removed</td><td>at most c/2: the oldest is forgotten</td></tr>
 *   <tr><td>{@code frequent} (Am)</td><td>slots of pages that came back while they were a ghost</td><td>least recently
 *       used</td><td>the rest</td></tr>
 * </table>
 *
 * <p>A page that is admitted goes to the end of {@code frequent} if it is a ghost, and is no ghost any more; otherwise
 * to the end of {@code recent}. A touch moves a page of {@code frequent} to its end, and does nothing in {@code
 * recent}: what is used three times in a row, by one query, is not yet what will be used tomorrow. {@code victim} is
 * the first page of {@code recent} if that has more than c/4 slots, otherwise the first of {@code frequent}; if no page
 * of the queue may go, the first of the other that may. A page that is removed from {@code frequent} leaves no ghost.
 * c/4 and c/2 are rounded down.
 *
 * <p>Example: four slots, so {@code recent} goes first while it has more than 1, and there are at most 2 ghosts.
 *
 * <table>
 *   <caption>Pages in the queues after each page that is wanted</caption>
 *   <tr><th>wanted</th><th>goes</th><th>recent</th><th>ghosts</th><th>frequent</th></tr>
 *   <tr><td>1, 2, 3, 4</td><td></td><td>1 2 3 4</td><td></td><td></td></tr>
 *   <tr><td>1 (touch)</td><td></td><td>1 2 3 4</td><td></td><td></td></tr>
 *   <tr><td>5</td><td>1</td><td>2 3 4 5</td><td>1</td><td></td></tr>
 *   <tr><td>1</td><td>2</td><td>3 4 5</td><td>2</td><td>1</td></tr>
 *   <tr><td>6, 7, 8 (a scan)</td><td>3, 4, 5</td><td>6 7 8</td><td>4 5</td><td>1</td></tr>
 *   <tr><td>1 (touch)</td><td></td><td>6 7 8</td><td>4 5</td><td>1</td></tr>
 * </table>
 *
 * <p>Cost: {@code admit}, {@code touch}, {@code remove} O(1), {@code touch} without allocation; {@code victim} O(1 +
 * the pages that it passes over since they may not go).
 */
@ExercisePart("4.3")
public final class TwoQueuePolicy implements EvictionPolicy {
    private static final int RECENT = 0;
    private static final int FREQUENT = 1;

    private final int recentMax;
    private final int ghostsMax;
    private final SlotLists queues;
    private final int[] pages;
    private final boolean[] isRecent;
    private int recentCount;
    private final Set<Integer> ghosts = new LinkedHashSet<>();

    /**
     * A policy for {@code capacity} slots, all of them empty.
     *
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public TwoQueuePolicy(int capacity) {
        queues = new SlotLists(capacity, 2);
        recentMax = capacity / 4;
        ghostsMax = capacity / 2;
        pages = new int[capacity];
        isRecent = new boolean[capacity];
    }

    @Override
    public void admit(int slot, int page) {
        queues.requireEmpty(slot);
        pages[slot] = page;
        isRecent[slot] = !ghosts.remove(page);
        if (isRecent[slot]) {
            recentCount++;
        }
        queues.addLast(isRecent[slot] ? RECENT : FREQUENT, slot);
    }

    @Override
    public void touch(int slot) {
        if (queues.contains(slot) && !isRecent[slot]) {
            queues.remove(slot);
            queues.addLast(FREQUENT, slot);
        }
    }

    @Override
    public int victim(IntPredicate evictable) {
        int queue = recentCount > recentMax ? RECENT : FREQUENT;
        int slot = queues.firstOf(queue, evictable);
        return slot != NONE ? slot : queues.firstOf(RECENT + FREQUENT - queue, evictable);
    }

    @Override
    public void remove(int slot) {
        queues.requireTaken(slot);
        queues.remove(slot);
        if (isRecent[slot]) {
            recentCount--;
            addGhost(pages[slot]);
        }
    }

    private void addGhost(int page) {
        ghosts.add(page);
        if (ghosts.size() > ghostsMax) {
            Iterator<Integer> oldest = ghosts.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
