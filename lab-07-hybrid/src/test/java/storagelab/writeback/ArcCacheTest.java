package storagelab.writeback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.CacheSimulator;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.Traces;
import storagelab.testkit.Seeds;
import storagelab.testkit.writeback.ArcMemory;
import storagelab.testkit.writeback.LeastRecentlyUsed;

@Tag("7.3")
class ArcCacheTest {
    @Test
    @DisplayName("the worked example: the lists and the target after each page that is wanted")
    void example() {
        ArcMemory memory = new ArcMemory(4);
        memory.want(1, 1, 2, 2, 3, 4);
        check(memory, "1 1 2 2 3 4", "[3 4] [1 2] [] [] 0");
        memory.want(5);
        check(memory, "5", "[4 5] [1 2] [3] [] 0");
        memory.want(6);
        check(memory, "6", "[5 6] [1 2] [3 4] [] 0");
        memory.want(3);
        check(memory, "3, a ghost of T1", "[6] [1 2 3] [4 5] [] 1");
        memory.want(7);
        check(memory, "7", "[6 7] [2 3] [4 5] [1] 1");
        memory.want(5);
        check(memory, "5, a ghost of T1", "[6 7] [3 5] [4] [1 2] 2");
        memory.want(8);
        check(memory, "8", "[6 7 8] [5] [4] [1 2 3] 2");
        memory.want(4);
        check(memory, "4, a ghost of T1, with three times as many ghosts of T2", "[6 7 8] [4] [] [1 2 3 5] 4");
        memory.want(1);
        check(memory, "1, a ghost of T2, while T1 is as large as the target", "[7 8] [4 1] [6] [2 3 5] 3");
    }

    private static void check(ArcMemory memory, String wanted, String lists) {
        assertThat("T1, T2, B1, B2 and p after " + wanted, memory.lists(), is(lists));
        memory.cache().verify();
    }

    @Test
    @DisplayName("the example with bytes: a ghost that does not fit is forgotten, and p moves by the size of a ghost")
    void exampleWithBytes() {
        ArcMemory memory = new ArcMemory(new ArcCache(8, 100), 8);
        memory.want(1, 40);
        memory.want(2, 50);
        assertThat("what goes for page 3", memory.want(3, 30), is(List.of(1)));
        check(memory, "3, with 80 bytes in T1", "[2 3] [] [] [] 0");

        ArcMemory touched = new ArcMemory(new ArcCache(8, 100), 8);
        touched.want(1, 40);
        touched.want(2, 50);
        touched.want(2, 50);
        assertThat("what goes for page 3", touched.want(3, 30), is(List.of(1)));
        check(touched, "3, with 30 bytes in T1", "[3] [2] [1] [] 0");
        assertThat("what goes for page 1, of 20 bytes now", touched.want(1, 20), is(List.of()));
        check(touched, "1", "[3] [2 1] [] [] 40");
        assertThat("bytes of T2", touched.cache().bytes(ArcList.FREQUENT), is(70L));
        assertThat("bytes that are free", touched.cache().freeBytes(), is(0L));
    }

    @Test
    @DisplayName("the invariants hold after every call, whatever the sizes of the pages and whatever must not go")
    void invariants() {
        Seeds.check(20, random -> {
            int slots = 1 + random.nextInt(12);
            long capacity = 1L + random.nextInt(200);
            ArcCache cache = new ArcCache(slots, capacity);
            boolean[] taken = new boolean[slots];
            for (int i = 0; i < 500; i++) {
                int slot = random.nextInt(slots);
                long bytes = 1L + random.nextInt(60);
                int page = random.nextInt(3 * slots);
                if (taken[slot]) {
                    cache.touch(slot);
                } else if (bytes <= cache.freeBytes()) {
                    cache.admit(slot, page, bytes);
                    taken[slot] = true;
                } else {
                    cache.expect(page);
                    int victim = cache.victim(other -> random.nextInt(3) > 0);
                    if (victim != EvictionPolicy.NONE) {
                        cache.remove(victim);
                        taken[victim] = false;
                    }
                }
                cache.verify();
            }
        });
    }

    @Test
    @DisplayName(
            "on three traces at least as many hits as least recently used; with a shifting hot set, 1 % fewer at most")
    void traces() {
        int slots = 200;
        Map<String, int[]> traces = new LinkedHashMap<>();
        traces.put("Zipf", Traces.zipf(10 * slots, 40_000, new Random(1)));
        traces.put("a loop", Traces.loop(slots + 1, 40_000));
        traces.put("a scan and a hot set", Traces.scanWithHotSet(120, 5 * slots, 40_000, new Random(1)));
        traces.forEach((name, trace) -> assertThat(
                "hits of 40,000 in " + name,
                ArcMemory.hits(slots, trace),
                is(greaterThanOrEqualTo(LeastRecentlyUsed.hits(slots, trace)))));
        int[] shifting = Traces.shiftingHotSet(120, 40_000, new Random(1));
        assertThat(
                "hits of 40,000 in a shifting hot set",
                ArcMemory.hits(slots, shifting),
                is(greaterThanOrEqualTo(LeastRecentlyUsed.hits(slots, shifting) - 400)));
    }

    @Test
    @DisplayName("it works for an owner that does not say which page comes")
    void withoutExpect() {
        int[] trace = Traces.scanWithHotSet(60, 500, 20_000, new Random(1));
        int hits = CacheSimulator.hits(new ArcCache(100), 100, trace);
        assertThat("hits, of 10,000 pages of the hot set that are wanted beside a scan", hits, is(greaterThan(9_500)));
    }

    @Test
    @DisplayName("pages that must not go are passed over, and the other list is asked if there is no other page")
    void pinned() {
        ArcMemory memory = new ArcMemory(4);
        memory.want(1, 1, 2, 2, 3, 4);
        ArcCache cache = memory.cache();
        int one = memory.slotOf(1);
        int three = memory.slotOf(3);
        int four = memory.slotOf(4);
        assertThat("victim, T1 having 3 and 4", cache.victim(any -> true), is(three));
        assertThat("victim, if 3 must not go", cache.victim(slot -> slot != three), is(four));
        assertThat("victim, if 3 and 4 must not go", cache.victim(slot -> slot != three && slot != four), is(one));
        assertThat("victim, if no page may go", cache.victim(slot -> false), is(EvictionPolicy.NONE));
        check(memory, "four questions", "[3 4] [1 2] [] [] 0");
    }

    @Test
    @DisplayName("what does not fit is refused, and changes nothing")
    void errors() {
        ArcCache cache = new ArcCache(20, 100);
        cache.admit(17, 1, 60);
        assertRefused("17", () -> cache.admit(17, 2, 10));
        assertRefused("41", () -> cache.admit(3, 2, 41));
        assertRefused("-5", () -> cache.admit(3, 2, -5));
        assertRefused("3", () -> cache.remove(3));
        cache.touch(3);
        assertThat("pages of T1", cache.pages(ArcList.RECENT), is(List.of(1)));
        assertThat("bytes that are free", cache.freeBytes(), is(40L));
        assertThrows(IllegalArgumentException.class, () -> new ArcCache(0, 100), "no slots");
        assertThrows(IllegalArgumentException.class, () -> new ArcCache(4, 0), "no bytes");
    }

    private static void assertRefused(String named, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertThat("what the message names", message, containsString(named));
    }
}
