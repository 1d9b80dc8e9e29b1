package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.Traces;
import storagelab.grader.hidden.kit.Growth;
import storagelab.testkit.Seeds;
import storagelab.testkit.writeback.ArcMemory;
import storagelab.testkit.writeback.LeastRecentlyUsed;
import storagelab.writeback.ArcCache;
import storagelab.writeback.ArcList;

/** Exercise 7.3: a memory that finds the balance between recent and frequent pages by itself. */
@Tag("7.3")
class ArcCacheHiddenTest {
    private static final long TERABYTE = 1L << 40;

    @Test
    @DisplayName(
            "with pages of one byte, the lists and the target are those of the paper after every page that is wanted")
    void paper() {
        Seeds.check(20, random -> {
            int capacity = 1 + random.nextInt(9);
            ArcMemory memory = new ArcMemory(capacity);
            PaperArc paper = new PaperArc(capacity);
            List<Integer> wanted = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int page = random.nextInt(random.nextInt(4) == 0 ? capacity : 3 * capacity + 1);
                wanted.add(page);
                boolean expected = paper.request(page);
                boolean found = memory.contains(page);
                memory.want(page);
                String when = " with room for " + capacity + ", after the pages " + wanted;
                assertEquals(expected, found, "whether page " + page + " was there," + when);
                assertEquals(paper.lists(), memory.lists(), "T1, T2, B1, B2 and p" + when);
            }
        });
    }

    @Test
    @DisplayName("the traces of lab 4 have the hits of the paper's algorithm")
    void tracesOfThePaper() {
        Seeds.check(
                1,
                random -> traces(50, 3_000, random).forEach((name, trace) -> {
                    PaperArc paper = new PaperArc(50);
                    int hits = 0;
                    for (int page : trace) {
                        hits += paper.request(page) ? 1 : 0;
                    }
                    assertEquals(hits, ArcMemory.hits(50, trace), "hits of 3,000 in " + name + ", with room for 50");
                }));
    }

    @Test
    @DisplayName(
            "at least as many hits as least recently used on Zipf, a loop and a scan; 1 % fewer at most when the hot set shifts")
    void leastRecentlyUsed() {
        Seeds.check(
                2,
                random -> traces(300, 60_000, random).forEach((name, trace) -> {
                    int least = LeastRecentlyUsed.hits(300, trace) - (name.contains("shift") ? 600 : 0);
                    int hits = ArcMemory.hits(300, trace);
                    assertTrue(
                            hits >= least,
                            hits + " hits of 60,000 in " + name + ", with room for 300: at least " + least);
                }));
    }

    private static Map<String, int[]> traces(int slots, int length, Random random) {
        int hot = slots * 6 / 10;
        Map<String, int[]> traces = new LinkedHashMap<>();
        traces.put("a loop", Traces.loop(slots + 1, length));
        traces.put("Zipf", Traces.zipf(10 * slots, length, random));
        traces.put("a scan and a hot set", Traces.scanWithHotSet(hot, 5 * slots, length, random));
        traces.put("a hot set that shifts", Traces.shiftingHotSet(hot, length, random));
        return traces;
    }

    @Test
    @DisplayName("random calls with pages of all sizes give the lists, sizes, target and victims of the model")
    void model() {
        Seeds.check(60, random -> {
            int slots = 1 + random.nextInt(10);
            long capacity = 1L + random.nextInt(300);
            new ArcScript(slots, capacity).play(200, 3 * slots, 1L + random.nextInt(80), random);
        });
    }

    @Test
    @DisplayName("the invariants hold after every call, and verify() says so")
    void invariants() {
        Seeds.check(20, random -> {
            long capacity = 50L + random.nextInt(200);
            ArcMemory memory = new ArcMemory(new ArcCache(40, capacity), 40);
            for (int i = 0; i < 500; i++) {
                memory.want(random.nextInt(60), 1L + random.nextInt(50));
                ArcCache cache = memory.cache();
                long t1 = cache.bytes(ArcList.RECENT);
                long t2 = cache.bytes(ArcList.FREQUENT);
                long b1 = cache.bytes(ArcList.RECENT_GHOST);
                long b2 = cache.bytes(ArcList.FREQUENT_GHOST);
                long p = cache.targetBytes();
                String state = " in " + cache.describe();
                assertTrue(t1 + t2 <= capacity, "|T1| + |T2| is more than " + capacity + state);
                assertTrue(t1 + b1 <= capacity, "|T1| + |B1| is more than " + capacity + state);
                assertTrue(t1 + t2 + b1 + b2 <= 2 * capacity, "all lists are more than twice " + capacity + state);
                assertTrue(p >= 0 && p <= capacity, "p is not between 0 and " + capacity + state);
                cache.verify();
            }
        });
    }

    @Test
    @DisplayName(
            "the target moves by the bytes of the ghost and the ratio of the lists, and not beyond the capacity or below 0")
    void target() {
        ArcScript script = new ArcScript(20, 100);
        script.admit(0, 1, 20);
        script.touch(0);
        script.admit(1, 2, 30);
        script.touch(1);
        script.remove(0);
        script.remove(1);
        script.admit(2, 3, 7);
        script.remove(2); // B1 has 7 bytes, B2 has 50
        script.expect(3);
        script.admit(3, 3, 9); // p = 50
        script.admit(4, 4, 11);
        script.remove(4);
        script.admit(5, 5, 25);
        script.remove(5); // B1 has 36, B2 has 50
        script.expect(5); // 25 · 50/36 = 34.7
        script.admit(5, 5, 25);
        script.admit(4, 4, 11); // to the capacity
        script.expect(1);
        script.expect(2);
        script.admit(6, 2, 30);
        script.admit(7, 1, 20);
        script.remove(6);
        script.admit(6, 2, 30);
        for (int i = 0; i < 6; i++) { // to 0
            script.remove(7);
            script.expect(1);
            script.admit(7, 1, 20);
        }
    }

    @Test
    @DisplayName("a page that is expected twice, and then admitted, moves the target once")
    void expectedTwice() {
        ArcScript script = withGhosts();
        script.expect(1);
        script.expect(1);
        script.admit(1, 1, 10);
        script.remove(1);
        script.admit(1, 1, 10); // moves again
    }

    @Test
    @DisplayName("after another page was admitted, the page that was expected moves the target again")
    void expectedBefore() {
        ArcScript script = withGhosts();
        script.expect(1);
        script.admit(3, 50, 10);
        script.expect(1);
        script.admit(1, 1, 10);
        script.expect(60); // no ghost
        script.expect(2);
        script.expect(61);
        script.expect(2);
        script.admit(2, 2, 10);
    }

    /** Pages 1 and 2 are ghosts of T1, 3 and 4 of T2; 5 and 6 are in T1, 7 and 8 in T2, each of 10 bytes; p is 0. */
    private static ArcScript withGhosts() {
        ArcScript script = new ArcScript(10, 80);
        for (int page = 1; page <= 8; page++) {
            script.admit(page, page, 10);
        }
        for (int page : new int[] {3, 4, 7, 8}) {
            script.touch(page);
        }
        for (int page : new int[] {1, 2, 3, 4}) {
            script.remove(page);
        }
        return script;
    }

    @Test
    @DisplayName(
            "with T1 at the target, its oldest page goes for a ghost of T2, and the oldest of T2 for any other page")
    void tie() {
        ArcCache cache = new ArcCache(10, 80);
        fillAtTarget(cache);
        assertEquals(20L, cache.bytes(ArcList.RECENT), "|T1|, which is p");
        assertEquals(20L, cache.targetBytes(), "p, after two ghosts of T1 have come back");
        assertEquals(slotOf(7), cache.victim(any -> true), "victim, if no page is expected, T1 having p bytes");
        cache.expect(3);
        assertEquals(slotOf(7), cache.victim(any -> true), "victim, if a ghost of T1 is expected, which has raised p");
        cache.expect(99);
        assertEquals(
                slotOf(7), cache.victim(any -> true), "victim, if a page without a ghost is expected, p being raised");
        tieForAGhost();
    }

    /** The worked example up to page 4: T1 has 6, 7 and 8, T2 has 4, B2 has 1, 2, 3 and 5, and p is 4; then page 1. */
    private static void tieForAGhost() {
        ArcMemory memory = new ArcMemory(4);
        memory.want(1, 1, 2, 2, 3, 4, 5, 6, 3, 7, 5, 8, 4);
        assertEquals("[6 7 8] [4] [] [1 2 3 5] 4", memory.lists(), "T1, T2, B1, B2 and p before page 1");
        memory.cache().expect(1);
        assertEquals(
                memory.slotOf(6), memory.cache().victim(any -> true), "victim for page 1, a ghost of T2, |T1| = 3 = p");
        memory.cache().expect(99);
        assertEquals(
                memory.slotOf(4),
                memory.cache().victim(any -> true),
                "victim for page 99, which is no ghost, |T1| = 3 = p");
    }

    /** T1 has 5 and 6, T2 has 7, 8, 1 and 2, and p is 20. */
    private static void fillAtTarget(ArcCache cache) {
        for (int page = 1; page <= 8; page++) {
            cache.admit(slotOf(page), page, 10);
        }
        cache.touch(slotOf(7));
        cache.touch(slotOf(8));
        for (int page : new int[] {1, 2, 3}) {
            cache.remove(slotOf(page));
        }
        cache.remove(slotOf(4));
        cache.admit(slotOf(1), 1, 10);
        cache.admit(slotOf(2), 2, 10);
    }

    private static int slotOf(int page) {
        return page;
    }

    @Test
    @DisplayName("pages that must not go are passed over; if a list has no other page, the other list is asked")
    void pinned() {
        Seeds.check(20, random -> {
            ArcScript script = new ArcScript(6, 60);
            script.play(60, 15, 20, random);
            for (int i = 0; i < 64; i++) {
                script.victim(BitSet.valueOf(new long[] {i}));
            }
        });
    }

    @Test
    @DisplayName("a page that comes back larger, or smaller, leaves the lists within their bounds")
    void otherSize() {
        ArcScript script = new ArcScript(30, 100);
        for (int page = 0; page < 10; page++) {
            script.admit(page, page, 10);
            script.touch(page);
        }
        for (int page = 0; page < 10; page++) {
            script.remove(page);
        }
        for (int page = 10; page < 20; page++) {
            script.admit(page, page, 10);
        }
        for (int page = 10; page < 20; page++) {
            script.remove(page); // B1 and B2 are full: 200 bytes
        }
        script.admit(20, 15, 95);
        script.remove(20);
        script.admit(21, 3, 1);
        script.admit(22, 4, 99);
    }

    @Test
    @DisplayName("of pages with the same number, the one that went last is the ghost, and it is the only one")
    void sameNumber() {
        ArcScript script = new ArcScript(10, 100);
        script.admit(0, 7, 10);
        script.admit(1, 7, 20);
        script.touch(1);
        script.admit(2, 7, 30);
        script.remove(0);
        script.remove(1);
        script.remove(2);
        script.admit(3, 7, 5); // p = 30
        script.admit(4, 8, 5);
        script.remove(4);
        script.admit(4, 8, 5);
    }

    @Test
    @DisplayName(
            "what is refused names the slot or the bytes, and changes nothing: no ghost is used up, the target stays")
    void errors() {
        ArcCache cache = new ArcCache(90, 100);
        cache.admit(71, 1, 60);
        cache.admit(72, 2, 30);
        cache.touch(72);
        cache.remove(71);
        cache.admit(73, 3, 35);
        String before = cache.describe();
        checkRefused("71", "remove(71), slot 71 being empty", cache, () -> cache.remove(71));
        checkRefused("73", "admit(73, 1, 10), slot 73 being taken", cache, () -> cache.admit(73, 1, 10));
        checkRefused("36", "admit(74, 1, 36), 35 bytes being free", cache, () -> cache.admit(74, 1, 36));
        checkRefused("0", "admit(74, 1, 0)", cache, () -> cache.admit(74, 1, 0));
        checkRefused("-7", "admit(74, 1, -7)", cache, () -> cache.admit(74, 1, -7));
        cache.touch(71);
        assertEquals(before, cache.describe(), "the lists after a touch of slot 71, which is empty");
        cache.admit(74, 1, 35);
        assertEquals(60L, cache.targetBytes(), "p, page 1 having come back with a ghost of 60 bytes after refusals");
        assertEquals(0L, cache.freeBytes(), "bytes that are free, the last page having filled the capacity exactly");
    }

    private static void checkRefused(String named, String call, ArcCache cache, Runnable task) {
        String before = cache.describe();
        String message =
                assertThrows(IllegalArgumentException.class, task::run, call).getMessage();
        assertTrue(
                message != null && message.contains(named),
                "the message of " + call + " does not name " + named + ": " + message);
        assertEquals(before, cache.describe(), "the lists after " + call + ", which was refused");
    }

    @Test
    @DisplayName("a memory without slots or without bytes is refused, and a new one is empty with a target of 0")
    void construction() {
        ArcCache cache = new ArcCache(3, 10);
        assertEquals(
                "RECENT []: 0 bytes, FREQUENT []: 0 bytes, RECENT_GHOST []: 0 bytes, FREQUENT_GHOST []: 0 bytes, "
                        + "target 0 of 10",
                cache.describe(),
                "a new cache");
        assertEquals(EvictionPolicy.NONE, cache.victim(any -> true), "victim of an empty memory");
        for (int none : new int[] {0, -1}) {
            assertThrows(IllegalArgumentException.class, () -> new ArcCache(none, 10), none + " slots");
            assertThrows(IllegalArgumentException.class, () -> new ArcCache(3, none), none + " bytes");
        }
    }

    @Test
    @DisplayName("gigabytes in a memory of a terabyte: no step of the target is cut off")
    void largePages() {
        ArcScript script = new ArcScript(50, TERABYTE);
        Seeds.check(3, random -> new ArcScript(50, TERABYTE).play(300, 120, TERABYTE / 20, random));
        script.admit(0, 1, TERABYTE / 2);
        script.touch(0);
        script.remove(0);
        script.admit(0, 2, 3L << 30);
        script.remove(0);
        script.admit(0, 2, 3L << 30);
    }

    @Test
    @DisplayName("a scan of any length leaves pages that came back where they are")
    void scan() {
        ArcMemory memory = new ArcMemory(100);
        for (int round = 0; round < 2; round++) {
            memory.want(IntStream.range(0, 60).toArray());
        }
        memory.want(IntStream.range(1_000, 11_000).toArray());
        long left = IntStream.range(0, 60).filter(memory::contains).count();
        assertEquals(60L, left, "pages of 60 that were wanted twice and are left after a scan of 10,000 others");
    }

    @Test
    @DisplayName("every call takes as long with many slots and ghosts as with few")
    void constantTime() {
        Growth.check("expect, victim, remove, admit and touch", "slots", capacity -> {
            ArcMemory memory = new ArcMemory(capacity);
            for (int page : Traces.loop(2 * capacity, 4 * capacity)) {
                memory.want(page);
            }
            for (int i = 0; i < capacity; i++) {
                memory.cache().touch(i);
            }
            int[] next = {0};
            return () -> {
                for (int i = 0; i < 2_000; i++) {
                    int page = next[0]++ % (3 * capacity);
                    memory.want(page);
                    memory.cache().touch(next[0] * 31 % capacity);
                }
            };
        });
    }
}
