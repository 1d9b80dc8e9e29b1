package storagelab.grader.hidden.lab07;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import storagelab.cache.EvictionPolicy;

/** What an {@code ArcCache} has to do, with lists of pages that are counted whenever a size is asked for. */
final class NaiveArc {
    private final long capacity;
    private final List<Page> t1 = new ArrayList<>();
    private final List<Page> t2 = new ArrayList<>();
    private final List<Page> b1 = new ArrayList<>();
    private final List<Page> b2 = new ArrayList<>();
    private final List<Integer> expected = new ArrayList<>(); // one page at most
    private long p;

    private record Page(int slot, int number, long bytes) {}

    NaiveArc(long capacity) {
        this.capacity = capacity;
    }

    void expect(int number) {
        if (expected.contains(number)) {
            return;
        }
        expected.clear();
        expected.add(number);
        Page inB1 = find(b1, number);
        Page inB2 = find(b2, number);
        if (inB1.bytes > 0) {
            p = Math.min(capacity, p + step(inB1.bytes, bytes(b2), bytes(b1)));
        } else if (inB2.bytes > 0) {
            p = Math.max(0, p - step(inB2.bytes, bytes(b1), bytes(b2)));
        }
    }

    private long step(long ghost, long others, long own) {
        BigInteger exact = BigInteger.valueOf(ghost)
                .multiply(BigInteger.valueOf(Math.max(others, own)))
                .divide(BigInteger.valueOf(own));
        return exact.min(BigInteger.valueOf(capacity)).longValueExact();
    }

    void admit(int slot, int number, long bytes) {
        expect(number);
        expected.clear();
        boolean wasGhost = b1.removeIf(ghost -> ghost.number == number) || b2.removeIf(ghost -> ghost.number == number);
        (wasGhost ? t2 : t1).add(new Page(slot, number, bytes));
        while (bytes(t1) + bytes(b1) > capacity) {
            b1.remove(0);
        }
        while (bytes(t1) + bytes(t2) + bytes(b1) + bytes(b2) > 2 * capacity) {
            b2.remove(0);
        }
    }

    void touch(int slot) {
        for (List<Page> list : List.of(t1, t2)) {
            for (Page page : List.copyOf(list)) {
                if (page.slot == slot) {
                    list.remove(page);
                    t2.add(page);
                    return;
                }
            }
        }
    }

    int victim(IntPredicate evictable) {
        long size = bytes(t1);
        boolean tie = size == p && expected.stream().anyMatch(number -> find(b2, number).bytes > 0);
        List<Page> order = new ArrayList<>(size > p || tie ? t1 : t2);
        order.addAll(size > p || tie ? t2 : t1);
        return order.stream().mapToInt(Page::slot).filter(evictable).findFirst().orElse(EvictionPolicy.NONE);
    }

    void remove(int slot) {
        for (List<Page> list : List.of(t1, t2)) {
            for (Page page : List.copyOf(list)) {
                if (page.slot == slot) {
                    list.remove(page);
                    b1.removeIf(ghost -> ghost.number == page.number);
                    b2.removeIf(ghost -> ghost.number == page.number);
                    (list == t1 ? b1 : b2).add(page);
                    return;
                }
            }
        }
        throw new IllegalStateException("the test removes from slot " + slot + ", which is empty");
    }

    long free() {
        return capacity - bytes(t1) - bytes(t2);
    }

    boolean isTaken(int slot) {
        return t1.stream().anyMatch(page -> page.slot == slot) || t2.stream().anyMatch(page -> page.slot == slot);
    }

    /** The lists with their sizes, and the target. */
    String describe() {
        return say(t1) + " " + say(t2) + " " + say(b1) + " " + say(b2) + " " + p;
    }

    private static String say(List<Page> pages) {
        return pages.stream().map(Page::number).toList() + "=" + bytes(pages);
    }

    private static Page find(List<Page> pages, int number) {
        return pages.stream().filter(page -> page.number == number).findFirst().orElse(new Page(0, number, 0));
    }

    private static long bytes(List<Page> pages) {
        return pages.stream().mapToLong(Page::bytes).sum();
    }
}
