package storagelab.writeback;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import storagelab.cache.EvictionPolicy;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * Finds out while it runs how much of a memory should be for pages that were used lately, and how much for pages that
 * were used more than once. This is ARC (Megiddo and Modha, 2003), for pages of different sizes.
 *
 * <p>A page that leaves the memory leaves a <em>ghost</em>: its number and its size. There are four lists, each in the
 * order of use, the oldest first. The size of a list, in bars below, is the bytes of its pages:
 *
 * <table>
 *   <caption>The lists</caption>
 *   <tr><th>list</th><th>in the paper</th><th>has</th></tr>
 *   <tr><td>{@link ArcList#RECENT}</td><td>T1</td><td>pages in memory, used once</td></tr>
 *   <tr><td>{@link ArcList#FREQUENT}</td><td>T2</td><td>pages in memory, used at least twice</td></tr>
 *   <tr><td>{@link ArcList#RECENT_GHOST}</td><td>B1</td><td>ghosts of pages that left T1</td></tr>
 *   <tr><td>{@link ArcList#FREQUENT_GHOST}</td><td>B2</td><td>ghosts of pages that left T2</td></tr>
 * </table>
 *
 * <p>The target p says how many bytes T1 should have. A page that comes back to a ghost of T1 shows that T1 is too
 * small, and p grows. A page that comes back to a ghost of T2 shows that T2 is too small, and p shrinks.
 *
 * <p>Invariants, after every call, with a capacity of c bytes:
 *
 * <ol>
 *   <li>|T1| + |T2| ≤ c
 *   <li>|T1| + |B1| ≤ c
 *   <li>|T1| + |T2| + |B1| + |B2| ≤ 2c
 *   <li>0 ≤ p ≤ c
 *   <li>A page number has at most one ghost.
 * </ol>
 *
 * <p>If all pages have one byte, these are the invariants of the paper, and the lists and p are those of the paper for an
 * owner that calls {@link #expect}, then {@link #victim} and {@link #remove} if the memory is full, then {@link
 * #admit(int, int) admit}. The paper also proves that there are ghosts only if the memory is full. With sizes, that is no
 * longer so: the page that leaves may be larger than the page that comes.
 *
 * <p>Example: a capacity of 4, pages of one byte, {@code expect} called for each page that is missing.
 *
 * <table>
 *   <caption>The lists after each page that is wanted, the oldest page first</caption>
 *   <tr><th>wanted</th><th>p moves</th><th>goes</th><th>T1</th><th>T2</th><th>B1</th><th>B2</th><th>p</th></tr>
 *   <tr><td>1, 1, 2, 2, 3, 4</td><td></td><td></td><td>3 4</td><td>1 2</td><td></td><td></td><td>0</td></tr>
 *   <tr><td>5</td><td></td><td>3, as |T1| = 2 &gt; p</td><td>4 5</td><td>1 2</td><td>3</td><td></td><td>0</td></tr>
 *   <tr><td>6</td><td></td><td>4</td><td>5 6</td><td>1 2</td><td>3 4</td><td></td><td>0</td></tr>
 *   <tr><td>3, in B1</td><td>+ max(1, 0/2)</td><td>5</td><td>6</td><td>1 2 3</td><td>4 5</td><td></td><td>1</td></tr>
 *   <tr><td>7</td><td></td><td>1, as |T1| = 1 = p</td><td>6 7</td><td>2 3</td><td>4 5</td><td>1</td><td>1</td></tr>
 *   <tr><td>5, in B1</td><td>+ max(1, 1/2)</td><td>2</td><td>6 7</td><td>3 5</td><td>4</td><td>1 2</td><td>2</td></tr>
 *   <tr><td>8</td><td></td><td>3</td><td>6 7 8</td><td>5</td><td>4</td><td>1 2 3</td><td>2</td></tr>
 *   <tr><td>4, in B1</td><td>+ max(1, 3/1)</td><td>5</td><td>6 7 8</td><td>4</td><td></td><td>1 2 3 5</td><td>4</td></tr>
 *   <tr><td>1, in B2</td><td>− max(1, 0/4)</td><td>6, as |T1| = 3 = p</td><td>7 8</td><td>4 1</td><td>6</td><td>2 3
 *     5</td><td>3</td></tr>
 * </table>
 *
 * <p>When page 4 comes, p would be 2 + 3 = 5, and is 4, the capacity. When page 1 comes, T1 has exactly p bytes, and its
 * oldest page goes because page 1 is a ghost of T2; for page 9 it would have been the oldest page of T2.
 *
 * <p>Example with bytes: a capacity of 100. Page 1 of 40 bytes and page 2 of 50 are in T1; page 3 of 30 comes. Page 1
 * goes; |T1| = 80, |B1| = 40, more than 100 together, so that the ghost of page 1 is forgotten at once. If page 2 is
 * touched before, then |T1| = 30, |T2| = 50 and |B1| = 40, and the ghost stays. When page 1 comes back, with 20 bytes,
 * p becomes 40: the size of the ghost.
 *
 * <p>Cost: {@code expect}, {@code admit}, {@code touch} and {@code remove} O(1), {@code admit} on average over many
 * calls; {@code victim} O(1 + the pages that it passes over because they must not go).
 *
 * <p>Source: Megiddo and Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache" (2003).
 */
@Exercise(id = "7.3", title = "A cache that tunes itself", points = 8, difficulty = Difficulty.HARD, hours = 5)
public final class ArcCache implements EvictionPolicy {
    @Given
    private final long capacityBytes;

    private final @Nullable Entry[] slots;

    /** The ghost of each page number that has one. */
    private final Map<Integer, Entry> ghosts = new HashMap<>();

    private final Ring recent = new Ring();
    private final Ring frequent = new Ring();
    private final Ring recentGhost = new Ring();
    private final Ring frequentGhost = new Ring();
    private long targetBytes;

    /** The page that {@link #targetBytes} has been moved for, if it has a ghost, and that has not been admitted yet. */
    private @Nullable Integer expected;

    /** A memory of {@code capacity} slots for pages that count 1 each: {@code ArcCache(capacity, capacity)}. */
    @Given
    public ArcCache(int capacity) {
        this(capacity, capacity);
    }

    /**
     * A memory of {@code slotCount} slots, all of them empty, for pages of {@code capacityBytes} in all. The target is 0.
     *
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public ArcCache(int slotCount, long capacityBytes) {
        if (slotCount < 1 || capacityBytes < 1) {
            throw new IllegalArgumentException("a memory of " + slotCount + " slots and " + capacityBytes + " bytes");
        }
        this.capacityBytes = capacityBytes;
        slots = new @Nullable Entry[slotCount];
    }

    /**
     * Moves the target for {@code page}, which is about to be admitted. An owner that knows which page comes calls this
     * before it asks for a victim.
     *
     * <ul>
     *   <li>If the page has a ghost in B1, of b bytes, p grows by b · max(1, |B2| / |B1|), but not beyond the capacity.
     *   <li>If it has a ghost in B2, p shrinks by b · max(1, |B1| / |B2|), but not below 0.
     *   <li>If it has no ghost, p stays.
     * </ul>
     *
     * The step is exact, rounded down to whole bytes; b · |B2| may be more than a {@code long} holds. The ghost stays in
     * its list, and its bytes are part of |B1| or |B2|. One page is expected at a time, the last one that this was called
     * for. Expecting it again changes nothing.
     */
    public void expect(int page) {
        if (Objects.equals(expected, page)) {
            return;
        }
        expected = page;
        Entry ghost = ghosts.get(page);
        if (ghost == null) {
            return;
        }
        if (ghost.ring == recentGhost) {
            targetBytes = Math.min(capacityBytes, targetBytes + step(ghost, frequentGhost));
        } else {
            targetBytes = Math.max(0, targetBytes - step(ghost, recentGhost));
        }
    }

    @Override
    @Given
    public void admit(int slot, int page) {
        admit(slot, page, 1);
    }

    /**
     * Page {@code page} has come into {@code slot} and takes {@code bytes} there. In this order:
     *
     * <ol>
     *   <li>{@code expect(page)}, which changes nothing if the owner has just called it.
     *   <li>If the page has a ghost, the ghost is dropped and the page becomes the last of T2; otherwise the last of T1.
     *   <li>While |T1| + |B1| is more than the capacity, the oldest ghost of B1 is forgotten.
     *   <li>While all four lists together have more than twice the capacity, the oldest ghost of B2 is forgotten.
     * </ol>
     *
     * No page is expected any more then. The owner has made room: this lets no page go.
     *
     * @throws IllegalArgumentException if there is a page in the slot, with the slot in the message; if {@code bytes} is
     *     less than 1 or more than {@link #freeBytes}, with the bytes in the message. Nothing changes then.
     */
    public void admit(int slot, int page, long bytes) {
        if (slots[slot] != null) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        if (bytes < 1 || bytes > freeBytes()) {
            throw new IllegalArgumentException("a page of " + bytes + " bytes, with " + freeBytes() + " bytes free");
        }
        expect(page);
        expected = null;
        Entry ghost = ghosts.remove(page);
        if (ghost != null) {
            ghost.ring.remove(ghost);
        }
        Ring ring = ghost == null ? recent : frequent;
        Entry entry = new Entry(slot, page, bytes, ring);
        slots[slot] = entry;
        ring.addLast(entry);
        forgetGhosts();
    }

    /** The page in {@code slot} was used and becomes the last of T2. Nothing happens if the slot is empty. */
    @Override
    public void touch(int slot) {
        Entry entry = slots[slot];
        if (entry != null) {
            entry.ring.remove(entry);
            frequent.addLast(entry);
        }
    }

    /**
     * The slot of the page that should go first, of those for which {@code evictable} says yes. It is the oldest such
     * page of T1 if |T1| &gt; p, or if |T1| = p and the expected page has a ghost in B2. Otherwise it is the oldest such
     * page of T2. If the list has no such page, it is the oldest such page of the other list; if that has none either,
     * {@link #NONE}. Nothing changes.
     */
    @Override
    public int victim(IntPredicate evictable) {
        Entry ghost = expected == null ? null : ghosts.get(expected);
        boolean isTie = recent.bytes == targetBytes && ghost != null && ghost.ring == frequentGhost;
        boolean isRecentFirst = recent.bytes > targetBytes || isTie;
        int slot = (isRecentFirst ? recent : frequent).firstSlot(evictable);
        return slot != NONE ? slot : (isRecentFirst ? frequent : recent).firstSlot(evictable);
    }

    /**
     * The page in {@code slot} has left it: its ghost becomes the last of B1 if the page was in T1, of B2 if it was in T2.
     * If there is a ghost with the same page number, that one is dropped. (Two pages have the same number if the owner
     * numbers them by a hash.)
     *
     * @throws IllegalArgumentException if the slot was empty, with the slot in the message
     */
    @Override
    public void remove(int slot) {
        Entry entry = slots[slot];
        if (entry == null) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        slots[slot] = null;
        Ring ghostRing = entry.ring == recent ? recentGhost : frequentGhost;
        entry.ring.remove(entry);
        Entry older = ghosts.put(entry.page, entry);
        if (older != null) {
            older.ring.remove(older);
        }
        ghostRing.addLast(entry);
    }

    /** How many bytes of pages can be admitted before another page has to go. */
    public long freeBytes() {
        return capacityBytes - recent.bytes - frequent.bytes;
    }

    /** The target p: while {@link ArcList#RECENT} has more bytes, its pages go first. */
    public long targetBytes() {
        return targetBytes;
    }

    /** The bytes of the pages of {@code list}. Cost: O(1). */
    public long bytes(ArcList list) {
        return ring(list).bytes;
    }

    /** The numbers of the pages of {@code list}, the one that was used longest ago first. Cost: O(n). */
    public List<Integer> pages(ArcList list) {
        return ring(list).pages();
    }

    /**
     * Checks the invariants 1 to 4 in what this says about itself.
     *
     * @throws AssertionError if one does not hold
     */
    @Given
    public void verify() {
        long recentBytes = bytes(ArcList.RECENT);
        long residentBytes = recentBytes + bytes(ArcList.FREQUENT);
        long recentSideBytes = recentBytes + bytes(ArcList.RECENT_GHOST);
        long allBytes = residentBytes + bytes(ArcList.RECENT_GHOST) + bytes(ArcList.FREQUENT_GHOST);
        insist(residentBytes <= capacityBytes && freeBytes() == capacityBytes - residentBytes, "1");
        insist(recentSideBytes <= capacityBytes, "2");
        insist(allBytes <= 2 * capacityBytes, "3");
        insist(targetBytes() >= 0 && targetBytes() <= capacityBytes, "4");
        List<Integer> ghostPages = new ArrayList<>(pages(ArcList.RECENT_GHOST));
        ghostPages.addAll(pages(ArcList.FREQUENT_GHOST));
        insist(new HashSet<>(ghostPages).size() == ghostPages.size(), "5");
    }

    @Given
    private void insist(boolean holds, String invariant) {
        if (!holds) {
            throw new AssertionError("invariant " + invariant + " does not hold in " + describe());
        }
    }

    /** The lists with their bytes, and the target. */
    @Given
    public String describe() {
        StringBuilder words = new StringBuilder();
        for (ArcList list : ArcList.values()) {
            words.append(list)
                    .append(' ')
                    .append(pages(list))
                    .append(": ")
                    .append(bytes(list))
                    .append(" bytes, ");
        }
        return words.append("target ")
                .append(targetBytes())
                .append(" of ")
                .append(capacityBytes)
                .toString();
    }

    private Ring ring(ArcList list) {
        return switch (list) {
            case RECENT -> recent;
            case FREQUENT -> frequent;
            case RECENT_GHOST -> recentGhost;
            case FREQUENT_GHOST -> frequentGhost;
        };
    }

    /** The bytes of a ghost, multiplied if {@code other} is larger than the list of the ghost. The product may not fit a long. */
    private long step(Entry ghost, Ring other) {
        BigInteger exact = BigInteger.valueOf(ghost.bytes)
                .multiply(BigInteger.valueOf(Math.max(ghost.ring.bytes, other.bytes)))
                .divide(BigInteger.valueOf(ghost.ring.bytes));
        return exact.min(BigInteger.valueOf(capacityBytes)).longValueExact();
    }

    /** Drops ghosts until the invariants 2 and 3 hold. */
    private void forgetGhosts() {
        while (recent.bytes + recentGhost.bytes > capacityBytes) {
            forgetFirst(recentGhost);
        }
        while (recent.bytes + frequent.bytes + recentGhost.bytes + frequentGhost.bytes > 2 * capacityBytes) {
            forgetFirst(frequentGhost);
        }
    }

    private void forgetFirst(Ring ghostRing) {
        Entry oldest = ghostRing.head.next;
        ghostRing.remove(oldest);
        ghosts.remove(oldest.page);
    }

    /** A page in a slot, or the ghost of one. */
    private static final class Entry {
        private final int slot;
        private final int page;
        private final long bytes;
        private Ring ring;
        private Entry previous = this;
        private Entry next = this;

        Entry(int slot, int page, long bytes, Ring ring) {
            this.slot = slot;
            this.page = page;
            this.bytes = bytes;
            this.ring = ring;
        }
    }

    /** Entries in the order of their last use. The head is none of them: the first comes after it, the last before it. */
    private static final class Ring {
        private final Entry head = new Entry(NONE, NONE, 0, this);
        private long bytes;

        void addLast(Entry entry) {
            Entry last = head.previous;
            last.next = entry;
            entry.previous = last;
            entry.next = head;
            head.previous = entry;
            entry.ring = this;
            bytes += entry.bytes;
        }

        void remove(Entry entry) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
            bytes -= entry.bytes;
        }

        /** The slot of the first entry that may go; {@link #NONE} if there is none. */
        int firstSlot(IntPredicate evictable) {
            for (Entry entry = head.next; entry != head; entry = entry.next) {
                if (evictable.test(entry.slot)) {
                    return entry.slot;
                }
            }
            return NONE;
        }

        List<Integer> pages() {
            List<Integer> pages = new ArrayList<>();
            for (Entry entry = head.next; entry != head; entry = entry.next) {
                pages.add(entry.page);
            }
            return pages;
        }
    }
}
