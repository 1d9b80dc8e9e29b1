// exercise: 7.3
// type: storagelab.writeback.ArcCache
// verdict: accepted
// because: four linked maps of the library, from slot or page number to size, instead of rings of entries
// replace: type
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public final class ArcCache implements EvictionPolicy {
    private final long capacityBytes;
    private final int slotCount;
    private final Map<ArcList, LinkedHashMap<Integer, Long>> lists = new EnumMap<>(ArcList.class);
    private final long[] bytes = new long[ArcList.values().length];
    private final Map<Integer, Integer> pageOfSlot = new HashMap<>();
    private long target;
    private long expected = Long.MIN_VALUE;

    public ArcCache(int capacity) {
        this(capacity, capacity);
    }

    public ArcCache(int slotCount, long capacityBytes) {
        if (slotCount < 1 || capacityBytes < 1) {
            throw new IllegalArgumentException(slotCount + " slots, " + capacityBytes + " bytes");
        }
        this.slotCount = slotCount;
        this.capacityBytes = capacityBytes;
        for (ArcList list : ArcList.values()) {
            lists.put(list, new LinkedHashMap<>());
        }
    }

    public void expect(int page) {
        if (expected == page) {
            return;
        }
        expected = page;
        Long inB1 = lists.get(ArcList.RECENT_GHOST).get(page);
        Long inB2 = lists.get(ArcList.FREQUENT_GHOST).get(page);
        if (inB1 != null) {
            target = Math.min(capacityBytes, target + step(inB1, ArcList.FREQUENT_GHOST, ArcList.RECENT_GHOST));
        } else if (inB2 != null) {
            target = Math.max(0, target - step(inB2, ArcList.RECENT_GHOST, ArcList.FREQUENT_GHOST));
        }
    }

    private long step(long ghost, ArcList other, ArcList own) {
        if (bytes(other) <= bytes(own)) {
            return ghost;
        }
        java.math.BigDecimal product = new java.math.BigDecimal(ghost).multiply(new java.math.BigDecimal(bytes(other)));
        java.math.BigDecimal step = product.divideToIntegralValue(new java.math.BigDecimal(bytes(own)));
        return step.min(new java.math.BigDecimal(capacityBytes)).longValueExact();
    }

    public void admit(int slot, int page) {
        admit(slot, page, 1);
    }

    public void admit(int slot, int page, long size) {
        if (slot < 0 || slot >= slotCount || pageOfSlot.containsKey(slot)) {
            throw new IllegalArgumentException("slot " + slot + " cannot take a page");
        }
        if (size < 1 || size > freeBytes()) {
            throw new IllegalArgumentException(size + " bytes do not fit");
        }
        expect(page);
        expected = Long.MIN_VALUE;
        boolean wasGhost = drop(ArcList.RECENT_GHOST, page) | drop(ArcList.FREQUENT_GHOST, page);
        pageOfSlot.put(slot, page);
        add(wasGhost ? ArcList.FREQUENT : ArcList.RECENT, slot, size);
        while (bytes(ArcList.RECENT) + bytes(ArcList.RECENT_GHOST) > capacityBytes) {
            dropOldest(ArcList.RECENT_GHOST);
        }
        while (bytes[0] + bytes[1] + bytes[2] + bytes[3] > 2 * capacityBytes) {
            dropOldest(ArcList.FREQUENT_GHOST);
        }
    }

    private void add(ArcList list, int key, long size) {
        lists.get(list).put(key, size);
        bytes[list.ordinal()] += size;
    }

    private boolean drop(ArcList list, int key) {
        Long size = lists.get(list).remove(key);
        if (size != null) {
            bytes[list.ordinal()] -= size;
        }
        return size != null;
    }

    private void dropOldest(ArcList list) {
        Iterator<Long> oldest = lists.get(list).values().iterator();
        bytes[list.ordinal()] -= oldest.next();
        oldest.remove();
    }

    public void touch(int slot) {
        for (ArcList list : List.of(ArcList.RECENT, ArcList.FREQUENT)) {
            Long size = lists.get(list).get(slot);
            if (size != null) {
                drop(list, slot);
                add(ArcList.FREQUENT, slot, size);
                return;
            }
        }
    }

    public int victim(IntPredicate evictable) {
        boolean tie = bytes(ArcList.RECENT) == target
                && expected != Long.MIN_VALUE
                && lists.get(ArcList.FREQUENT_GHOST).containsKey((int) expected);
        boolean recentFirst = tie || bytes(ArcList.RECENT) > target;
        List<ArcList> order = recentFirst
                ? List.of(ArcList.RECENT, ArcList.FREQUENT)
                : List.of(ArcList.FREQUENT, ArcList.RECENT);
        for (ArcList list : order) {
            for (int slot : lists.get(list).keySet()) {
                if (evictable.test(slot)) {
                    return slot;
                }
            }
        }
        return NONE;
    }

    public void remove(int slot) {
        Integer page = pageOfSlot.remove(slot);
        if (page == null) {
            throw new IllegalArgumentException("slot " + slot + " is empty");
        }
        drop(ArcList.RECENT_GHOST, page);
        drop(ArcList.FREQUENT_GHOST, page);
        ArcList from = lists.get(ArcList.RECENT).containsKey(slot) ? ArcList.RECENT : ArcList.FREQUENT;
        long size = lists.get(from).get(slot);
        drop(from, slot);
        add(from == ArcList.RECENT ? ArcList.RECENT_GHOST : ArcList.FREQUENT_GHOST, page, size);
    }

    public long freeBytes() {
        return capacityBytes - bytes(ArcList.RECENT) - bytes(ArcList.FREQUENT);
    }

    public long targetBytes() {
        return target;
    }

    public long bytes(ArcList list) {
        return bytes[list.ordinal()];
    }

    public List<Integer> pages(ArcList list) {
        List<Integer> pages = new ArrayList<>();
        boolean ghosts = list == ArcList.RECENT_GHOST || list == ArcList.FREQUENT_GHOST;
        for (int key : lists.get(list).keySet()) {
            pages.add(ghosts ? key : pageOfSlot.get(key));
        }
        return pages;
    }

    public void verify() {
        if (bytes[0] + bytes[1] > capacityBytes || bytes[0] + bytes[2] > capacityBytes) {
            throw new AssertionError(describe());
        }
    }

    public String describe() {
        StringBuilder words = new StringBuilder();
        for (ArcList list : ArcList.values()) {
            words.append(list + " " + pages(list) + ": " + bytes(list) + " bytes, ");
        }
        return words.append("target ").append(target).append(" of ").append(capacityBytes).toString();
    }
}
