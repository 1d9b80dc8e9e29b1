package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import storagelab.cache.EvictionPolicy;

/** A policy and a model of it that get the same random calls, of which every victim is compared. */
final class PolicyScript {
    private static final int SHOWN_CALLS_MAX = 40;

    private final EvictionPolicy mine;
    private final EvictionPolicy model;
    private final int capacity;
    private final Random random;
    private final TreeMap<Integer, Integer> pages = new TreeMap<>();
    private final List<String> history = new ArrayList<>();

    PolicyScript(EvictionPolicy mine, EvictionPolicy model, int capacity, Random random) {
        this.mine = mine;
        this.model = model;
        this.capacity = capacity;
        this.random = random;
    }

    /** Makes {@code count} calls, for pages of which there are twice as many as slots, and some. */
    void play(int count) {
        for (int i = 0; i < count; i++) {
            int choice = random.nextInt(10);
            if (choice < 4) {
                want(random.nextInt(2 * capacity + 2));
            } else if (choice < 7) {
                touch(random.nextInt(capacity));
            } else if (choice < 9) {
                compareVictims(pinned());
            } else if (random.nextInt(4) == 0 && !pages.isEmpty()) {
                remove(new ArrayList<>(pages.keySet()).get(random.nextInt(pages.size())));
            }
        }
    }

    private void want(int page) {
        for (Map.Entry<Integer, Integer> entry : pages.entrySet()) {
            if (entry.getValue() == page) {
                touch(entry.getKey());
                return;
            }
        }
        if (pages.size() == capacity) {
            int victim = compareVictims(random.nextInt(3) == 0 ? pinned() : new BitSet());
            if (victim == EvictionPolicy.NONE) {
                return;
            }
            remove(victim);
        }
        int slot = random.nextInt(capacity);
        while (pages.containsKey(slot)) {
            slot = (slot + 1) % capacity;
        }
        history.add("admit(" + slot + ", " + page + ")");
        pages.put(slot, page);
        mine.admit(slot, page);
        model.admit(slot, page);
    }

    private void touch(int slot) {
        history.add("touch(" + slot + ")" + (pages.containsKey(slot) ? "" : " which is empty"));
        mine.touch(slot);
        model.touch(slot);
    }

    private void remove(int slot) {
        history.add("remove(" + slot + ")");
        pages.remove(slot);
        mine.remove(slot);
        model.remove(slot);
    }

    private BitSet pinned() {
        BitSet pinned = new BitSet();
        double share = random.nextInt(4) == 0 ? 1 : random.nextDouble();
        for (int slot = 0; slot < capacity; slot++) {
            pinned.set(slot, random.nextDouble() < share);
        }
        return pinned;
    }

    private int compareVictims(BitSet pinned) {
        String call = "victim" + (pinned.isEmpty() ? "" : " if " + pinned + " may not go");
        int found = mine.victim(slot -> {
            assertTrue(
                    pages.containsKey(slot),
                    "victim asks whether slot " + slot + " may go, which has no page, after " + shownHistory());
            return !pinned.get(slot);
        });
        int expected = model.victim(slot -> !pinned.get(slot));
        assertEquals(
                expected,
                found,
                call + ", of " + capacity + " slots with the pages " + pages + ", after " + shownHistory());
        history.add(call + " = " + found);
        return found;
    }

    private String shownHistory() {
        int from = Math.max(0, history.size() - SHOWN_CALLS_MAX);
        return (from > 0 ? "… " : "") + String.join(" ", history.subList(from, history.size()));
    }
}
