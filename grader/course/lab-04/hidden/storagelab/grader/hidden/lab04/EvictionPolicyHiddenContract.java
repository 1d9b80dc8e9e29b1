package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.cache.CacheSimulator;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.Traces;
import storagelab.grader.hidden.kit.Growth;
import storagelab.testkit.Seeds;

/** What every policy has to do: the victims of its model, its errors, its costs. */
abstract class EvictionPolicyHiddenContract {
    static final IntPredicate ANY = slot -> true;

    private static final int CALLS = 2_000;

    /** The policy to be judged, for {@code capacity} empty slots. */
    abstract EvictionPolicy newPolicy(int capacity);

    /** The same by looking at everything. */
    abstract EvictionPolicy newModel(int capacity);

    /** A policy whose slots 0, 1, … have the pages 70, 71, …, admitted in this order. */
    final EvictionPolicy full(int capacity) {
        EvictionPolicy policy = newPolicy(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            policy.admit(slot, 70 + slot);
        }
        return policy;
    }

    @Test
    @DisplayName("random calls give the victims of the model, whatever may not go, whatever is dropped")
    void model() {
        Seeds.check(40, random -> {
            for (int calls = 8; calls <= 128; calls *= 2) {
                int capacity = 1 + random.nextInt(6);
                new PolicyScript(newPolicy(capacity), newModel(capacity), capacity, random).play(calls);
            }
        });
    }

    @Test
    @DisplayName("thousands of calls on some dozens of slots give the victims of the model")
    void largerModel() {
        Seeds.check(2, random -> {
            int capacity = 20 + random.nextInt(30);
            new PolicyScript(newPolicy(capacity), newModel(capacity), capacity, random).play(5_000);
        });
    }

    @Test
    @DisplayName("the traces of the simulator have as many hits as with the model")
    void traces() {
        Seeds.check(1, random -> {
            Map<String, int[]> traces = new LinkedHashMap<>();
            traces.put("a loop over 51 pages", Traces.loop(51, 1_000));
            traces.put("Zipf", Traces.zipf(300, 2_000, random));
            traces.put("a scan beside a hot set", Traces.scanWithHotSet(30, 200, 2_000, random));
            traces.put("a hot set that shifts", Traces.shiftingHotSet(30, 2_000, random));
            traces.forEach((name, trace) -> assertEquals(
                    CacheSimulator.hits(newModel(50), 50, trace),
                    CacheSimulator.hits(newPolicy(50), 50, trace),
                    "hits of " + trace.length + " in " + name + ", with 50 slots"));
        });
    }

    @Test
    @DisplayName("admitting into a taken slot and removing from an empty one fail, name the slot, and change nothing")
    void errors() {
        EvictionPolicy policy = full(20);
        policy.touch(3);
        int victim = policy.victim(ANY);
        checkRefused("admit(17, 99), slot 17 being taken", () -> policy.admit(17, 99));
        policy.remove(17);
        checkRefused("remove(17), slot 17 being empty", () -> policy.remove(17));
        policy.admit(17, 99);
        EvictionPolicy same = full(20);
        same.touch(3);
        same.victim(ANY);
        same.remove(17);
        same.admit(17, 99);
        for (int gone = 0; gone < 20; gone++) {
            int next = same.victim(ANY);
            assertEquals(next, policy.victim(ANY), "victim after two calls that failed and " + gone + " removals");
            same.remove(next);
            policy.remove(next);
        }
        assertTrue(victim >= 0 && victim < 20, "victim of 20 full slots: " + victim);
        assertThrows(
                IllegalArgumentException.class, () -> newPolicy(20).remove(0), "remove(0) of a memory without pages");
    }

    private static void checkRefused(String call, Runnable task) {
        String message =
                assertThrows(IllegalArgumentException.class, task::run, call).getMessage();
        assertTrue(
                message != null && message.contains("17"),
                "the message of " + call + " does not name the slot: " + message);
    }

    @Test
    @DisplayName("a touch allocates nothing")
    void touchAllocatesNothing() {
        EvictionPolicy policy = used(1_000);
        assertAllocatesNothing("a touch", i -> policy.touch(i * 7_919 % 1_000));
    }

    @Test
    @DisplayName("an eviction, an admission and a touch take as long with many slots as with few")
    void constantTime() {
        Growth.check("victim, remove, admit and touch", "slots", capacity -> {
            EvictionPolicy policy = used(capacity);
            int[] next = {0};
            return () -> {
                for (int i = 0; i < CALLS; i++) {
                    int slot = policy.victim(ANY);
                    policy.remove(slot);
                    policy.admit(slot, next[0]++ % (2 * capacity));
                    policy.touch(next[0] * 31 % capacity);
                }
            };
        });
    }

    /** Something that is done for the i-th time. */
    interface Repeated {
        void call(int i);
    }

    /** Fails if {@code task} allocates, a few bytes by chance excepted. */
    static void assertAllocatesNothing(String what, Repeated task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int calls = 20_000;
        task.call(0);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            task.call(i);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < calls, what + " allocates " + bytes / calls + " bytes on average");
    }

    /** A policy with a page in every slot, pages of which some came once and others came back. */
    final EvictionPolicy used(int capacity) {
        EvictionPolicy policy = newPolicy(capacity);
        CacheSimulator memory = new CacheSimulator(policy, capacity);
        for (int page : Traces.loop(capacity + 1 + capacity / 8, 3 * capacity)) {
            memory.access(page);
        }
        Random random = new Random(Seeds.base());
        for (int i = 0; i < capacity; i++) {
            policy.touch(random.nextInt(capacity));
        }
        return policy;
    }
}
