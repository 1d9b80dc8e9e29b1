package storagelab.btree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import storagelab.course.ExercisePart;

/**
 * Knows when the number of a page that is no longer part of the tree may be given to another page: when nobody who
 * looks at an older version of the tree can come across it.
 *
 * <p>A page that was made in version b ({@code born}) and given up in version f ({@code freed}) is part of the versions
 * b, b + 1, … f - 1. Someone who holds version h with b ≤ h &lt; f still needs it: a snapshot, a cursor, or the last
 * checkpoint, which is where the tree begins again after a crash. When there is nobody like that, the page may be used
 * again.
 *
 * <p>Example: somebody holds version 3 and somebody else version 7.
 *
 * <table>
 *   <caption>Pages that were given up</caption>
 *   <tr><th>page</th><th>born</th><th>freed</th><th>part of</th><th>needed by</th></tr>
 *   <tr><td>10</td><td>1</td><td>3</td><td>1, 2</td><td>nobody</td></tr>
 *   <tr><td>11</td><td>1</td><td>4</td><td>1, 2, 3</td><td>3</td></tr>
 *   <tr><td>12</td><td>4</td><td>7</td><td>4, 5, 6</td><td>nobody, although a version before 4 is held</td></tr>
 *   <tr><td>13</td><td>2</td><td>8</td><td>2 to 7</td><td>3 and 7</td></tr>
 * </table>
 *
 * <p>{@code takeReusable()} is 10 and 12. After {@code release(3)} it is 11, but not 13; after {@code release(7)} it is
 * 13. LMDB asks only for the oldest reader: it would keep page 12, and every other page that was given up since version
 * 3, for as long as 3 is held.
 *
 * <p>How to do it: let a page wait for the first version that needs it, and look at it again when that one is released.
 * Then {@link #giveUp} and {@link #hold} take O(log of the number of versions held), and {@link #release} looks only at the
 * pages that wait for the version released. One list of all pages, which every release goes through, gives the same
 * answers and is accepted; it gets slow when many pages wait.
 *
 * <p>Concurrency: safe for many threads.
 */
@ExercisePart("4.13")
public final class PageReclaimer {
    private record GivenUp(int page, long born, long freed) {}

    /** The versions that are held, how often, and the pages that wait for each. Guarded by this. */
    private final NavigableMap<Long, Holder> holders = new TreeMap<>();

    private List<Integer> reusable = new ArrayList<>(); // guarded by this

    private static final class Holder {
        private int count;
        private List<GivenUp> waiting = new ArrayList<>();
    }

    /** Nobody holds a version, and no page was given up. */
    public PageReclaimer() {}

    /**
     * Says that somebody looks at a version from now on; it has to be one whose pages are all there. One version may be
     * held several times.
     */
    public synchronized void hold(long version) {
        holders.computeIfAbsent(version, held -> new Holder()).count++;
    }

    /**
     * Takes one {@link #hold} of a version back.
     *
     * @throws IllegalStateException if it is not held
     */
    public synchronized void release(long version) {
        Holder holder = holders.get(version);
        if (holder == null) {
            throw new IllegalStateException("version " + version + " is not held");
        }
        if (--holder.count == 0) {
            holders.remove(version);
            holder.waiting.forEach(this::settle);
        }
    }

    /**
     * Says that a page is no longer part of the tree.
     *
     * @param born the version in which it was made
     * @param freed the first version that it is not part of; greater than {@code born}
     */
    public synchronized void giveUp(int page, long born, long freed) {
        if (freed <= born) {
            throw new IllegalArgumentException("page " + page + " was born in " + born + " and freed in " + freed);
        }
        settle(new GivenUp(page, born, freed));
    }

    /** The pages that may be used again. Each is returned once. */
    public synchronized List<Integer> takeReusable() {
        List<Integer> taken = reusable;
        reusable = new ArrayList<>();
        return taken;
    }

    /** How many pages {@link #takeReusable} would return. */
    public synchronized int reusableCount() {
        return reusable.size();
    }

    /**
     * Every page that was given up and that {@link #takeReusable} has not returned, whether somebody still needs it or
     * not. Another thread may release a version at any moment; a page that nobody needs any more since then is not lost
     * between the two.
     */
    public synchronized List<Integer> waiting() {
        List<Integer> pages = new ArrayList<>(reusable);
        holders.values().forEach(holder -> holder.waiting.forEach(page -> pages.add(page.page)));
        return pages;
    }

    /** Lets a page wait for the first version that needs it; if there is none, it may be used again. */
    private void settle(GivenUp page) {
        Map.Entry<Long, Holder> first = holders.ceilingEntry(page.born);
        if (first != null && first.getKey() < page.freed) {
            first.getValue().waiting.add(page);
        } else {
            reusable.add(page.page);
        }
    }
}
