package storagelab.testkit.writeback;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import storagelab.testkit.Step;
import storagelab.writeback.ArcCache;
import storagelab.writeback.ArcList;

/** A memory without pages in it that asks an {@link ArcCache} which of them go, as an owner does that knows which page comes. */
public final class ArcMemory {
    private final ArcCache cache;
    private final Map<Integer, Integer> slotOfPage = new HashMap<>();
    private final Map<Integer, Integer> pageInSlot = new HashMap<>();
    private final Deque<Integer> emptySlots = new ArrayDeque<>();

    /** A memory for {@code capacity} pages of one byte. */
    public ArcMemory(int capacity) {
        this(new ArcCache(capacity), capacity);
    }

    /** A memory of {@code slotCount} slots, for which {@code cache} was made and has not been used. */
    public ArcMemory(ArcCache cache, int slotCount) {
        this.cache = cache;
        for (int slot = 0; slot < slotCount; slot++) {
            emptySlots.addLast(slot);
        }
    }

    /** What says which page goes. */
    public ArcCache cache() {
        return cache;
    }

    /** Whether {@code page} is in the memory. */
    public boolean contains(int page) {
        return slotOfPage.containsKey(page);
    }

    /** The slot of {@code page}, which is in the memory. */
    public int slotOf(int page) {
        return Objects.requireNonNull(slotOfPage.get(page), "page " + page + " is in no slot");
    }

    /** Wants pages of one byte, one after the other. */
    public void want(int... pages) {
        for (int page : pages) {
            want(page, 1);
        }
    }

    /**
     * Wants a page of {@code bytes} bytes: touches it if it is there; otherwise expects it, lets pages go until there is
     * room, and admits it.
     *
     * @return the pages that went
     * @throws AssertionError if no page may go although the memory is full
     */
    public List<Integer> want(int page, long bytes) {
        Step.at("page " + page + " of " + bytes + " bytes is wanted");
        Integer slot = slotOfPage.get(page);
        if (slot != null) {
            cache.touch(slot);
            return List.of();
        }
        cache.expect(page);
        List<Integer> gone = new ArrayList<>();
        while (cache.freeBytes() < bytes || emptySlots.isEmpty()) {
            gone.add(letGo(page));
        }
        int free = emptySlots.removeFirst();
        cache.admit(free, page, bytes);
        slotOfPage.put(page, free);
        pageInSlot.put(free, page);
        return gone;
    }

    private int letGo(int coming) {
        int victim = cache.victim(any -> true);
        Integer page = pageInSlot.remove(victim);
        if (page == null) {
            throw new AssertionError("victim() is " + victim + " when page " + coming
                    + " comes, and there are pages in " + pageInSlot.keySet());
        }
        cache.remove(victim);
        slotOfPage.remove(page);
        emptySlots.addLast(victim);
        return page;
    }

    /** The lists and the target, as {@code [3 4] [1 2] [] [] 0}: T1, T2, B1, B2, each with the oldest page first, and p. */
    public String lists() {
        StringBuilder words = new StringBuilder();
        for (ArcList list : ArcList.values()) {
            words.append(cache.pages(list).toString().replace(",", "")).append(' ');
        }
        return words.append(cache.targetBytes()).toString();
    }

    /** How many pages of {@code trace} are in a memory for {@code capacity} pages of one byte when they are wanted. */
    public static int hits(int capacity, int[] trace) {
        ArcMemory memory = new ArcMemory(capacity);
        int hits = 0;
        for (int page : trace) {
            if (memory.contains(page)) {
                hits++;
            }
            memory.want(page, 1);
        }
        return hits;
    }
}
