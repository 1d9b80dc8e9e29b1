package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import storagelab.cache.EvictionPolicy;
import storagelab.testkit.Step;
import storagelab.writeback.ArcCache;
import storagelab.writeback.ArcList;

/** An {@code ArcCache} and its model that get the same calls, and are compared after each. */
final class ArcScript {
    private static final int SHOWN_CALLS_MAX = 30;

    private final ArcCache mine;
    private final NaiveArc model;
    private final int slots;
    private final long capacity;
    private final List<String> history = new ArrayList<>();

    ArcScript(int slots, long capacity) {
        Step.at("new ArcCache(" + slots + ", " + capacity + ")");
        this.mine = new ArcCache(slots, capacity);
        this.model = new NaiveArc(capacity);
        this.slots = slots;
        this.capacity = capacity;
    }

    /** Makes {@code count} random calls, for pages with numbers below {@code numbers} and of at most {@code bytesMax} bytes. */
    void play(int count, int numbers, long bytesMax, Random random) {
        for (int i = 0; i < count; i++) {
            int slot = random.nextInt(slots);
            int number = random.nextInt(numbers);
            long bytes = 1 + (long) (random.nextDouble() * bytesMax);
            int choice = random.nextInt(10);
            if (choice < 2) {
                touch(slot);
            } else if (choice == 2 && model.isTaken(slot)) {
                remove(slot);
            } else if (choice == 3) {
                expect(number);
            } else if (choice == 4) {
                BitSet pinned = BitSet.valueOf(new long[] {random.nextLong()});
                victim(pinned);
            } else {
                want(number, Math.min(bytes, capacity), random);
            }
        }
    }

    private void want(int number, long bytes, Random random) {
        if (random.nextInt(3) > 0) {
            expect(number);
        }
        int slot = firstEmpty();
        while (slot == slots || model.free() < bytes) {
            int victim = victim(new BitSet());
            assertTrue(victim >= 0 && victim < slots, "victim() is " + victim + " after " + shownHistory());
            remove(victim);
            slot = firstEmpty();
        }
        admit(slot, number, bytes);
    }

    private int firstEmpty() {
        int slot = 0;
        while (slot < slots && model.isTaken(slot)) {
            slot++;
        }
        return slot;
    }

    void expect(int number) {
        call("expect(" + number + ")", () -> mine.expect(number));
        model.expect(number);
        compare();
    }

    void admit(int slot, int number, long bytes) {
        call("admit(" + slot + ", " + number + ", " + bytes + ")", () -> mine.admit(slot, number, bytes));
        model.admit(slot, number, bytes);
        compare();
    }

    void touch(int slot) {
        call("touch(" + slot + ")" + (model.isTaken(slot) ? "" : " which is empty"), () -> mine.touch(slot));
        model.touch(slot);
        compare();
    }

    void remove(int slot) {
        call("remove(" + slot + ")", () -> mine.remove(slot));
        model.remove(slot);
        compare();
    }

    int victim(BitSet pinned) {
        int[] found = {EvictionPolicy.NONE};
        call(
                "victim" + (pinned.isEmpty() ? "" : " if " + pinned + " must not go"),
                () -> found[0] = mine.victim(slot -> {
                    assertTrue(
                            model.isTaken(slot),
                            "victim asks whether slot " + slot + " may go, which has no page, after " + shownHistory());
                    return !pinned.get(slot);
                }));
        assertEquals(model.victim(slot -> !pinned.get(slot)), found[0], "victim after " + shownHistory());
        compare();
        return found[0];
    }

    private void call(String words, Runnable call) {
        history.add(words);
        Step.at(words);
        call.run();
    }

    private void compare() {
        StringBuilder found = new StringBuilder();
        for (ArcList list : ArcList.values()) {
            found.append(mine.pages(list)).append("=").append(mine.bytes(list)).append(" ");
        }
        assertEquals(
                model.describe(),
                found.append(mine.targetBytes()).toString(),
                "pages and bytes of T1, T2, B1 and B2, then p, of a capacity of " + capacity + ", after "
                        + shownHistory());
        assertEquals(model.free(), mine.freeBytes(), "bytes that are free after " + shownHistory());
    }

    private String shownHistory() {
        int from = Math.max(0, history.size() - SHOWN_CALLS_MAX);
        return (from > 0 ? "… " : "") + String.join(" ", history.subList(from, history.size()));
    }
}
