package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.hybrid.toy.Moves;
import storagelab.hybrid.toy.SimpleHybridEngine;
import storagelab.hybrid.toy.Thresholds;
import storagelab.testkit.Step;
import storagelab.testkit.hybrid.RecordedEngine;

@Tag("7.1")
@DisplayName("The hybrid toy")
final class SimpleHybridEngineHiddenTest {
    private static final int NEVER = 1_000_000;

    private final List<String> calls = new ArrayList<>();
    private final RecordedEngine hot = new RecordedEngine("hot", calls);
    private final RecordedEngine cold = new RecordedEngine("cold", calls);

    @Test
    @DisplayName("makes a key hot with the read that the threshold names, and not one sooner or later")
    void promotesOnTime() {
        for (int reads : new int[] {1, 2, 3, 7}) {
            SimpleHybridEngine engine = engine(reads, NEVER);
            String key = "key" + reads;
            put(engine, key, "v");
            for (int i = 1; i <= reads; i++) {
                assertFalse(isHot(engine, key), key + " is hot after " + (i - 1) + " reads of " + reads);
                assertReads(engine, key, "v");
            }
            assertTrue(isHot(engine, key), key + " is not hot after " + reads + " reads of " + reads);
            assertEquals(new Moves(1, 0), engine.moves(), "moves after " + reads + " reads of " + reads);
            assertEquals("v", hot.content().get(key), key + " in the hot engine");
            assertFalse(cold.content().containsKey(key), key + " is hot, and still in the cold engine");
        }
    }

    @Test
    @DisplayName(
            "makes a key cold with the operation that the threshold names after its last read, whatever the operation is")
    void demotesOnTime() {
        for (int idle : new int[] {1, 2, 5}) {
            SimpleHybridEngine engine = engine(1, idle);
            put(engine, "tea", "1");
            assertReads(engine, "tea", "1");
            for (int i = 1; i <= idle; i++) {
                String what = "tea, " + (i - 1) + " operations after its last read of " + idle;
                assertTrue(isHot(engine, "tea"), what + ", is cold");
                idle(engine, i);
            }
            String what = "tea, " + idle + " operations after its last read of " + idle;
            assertFalse(isHot(engine, "tea"), what + ", is hot");
            assertEquals("1", cold.content().get("tea"), what + ", in the cold engine");
            assertFalse(hot.content().containsKey("tea"), what + ", is still in the hot engine");
            assertEquals(new Moves(1, 1), engine.moves(), "moves, " + what);
        }
    }

    @Test
    @DisplayName("counts a batch of any size as one operation, and looking at it as none")
    void operations() {
        SimpleHybridEngine engine = hotTea(1, 3);
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < 10; i++) {
            batch.put(Slice.utf8("order" + i), Slice.utf8("o"));
        }
        engine.write(batch, Durability.BUFFERED);
        for (int i = 0; i < 10; i++) {
            engine.isHot(Slice.utf8("tea"));
            engine.moves();
            engine.countedKeys();
            engine.stats();
        }
        engine.write(new WriteBatch(), Durability.BUFFERED);
        assertTrue(isHot(engine, "tea"), "tea is cold after 2 batches of 3 operations: a batch is one operation");
        engine.write(new WriteBatch(), Durability.BUFFERED);
        assertFalse(isHot(engine, "tea"), "tea is hot after 3 batches of 3 operations: an empty batch is one, too");
    }

    @Test
    @DisplayName("keeps a key hot that is read again in time, and not one that is only written")
    void readsKeepAKeyHot() {
        SimpleHybridEngine engine = hotTea(1, 3);
        for (int i = 0; i < 5; i++) {
            idle(engine, i);
            idle(engine, i + 1);
            assertReads(engine, "tea", "1");
            assertTrue(isHot(engine, "tea"), "tea, which is read every third operation of 3, is cold");
        }
        for (int i = 0; i < 3; i++) {
            put(engine, "tea", "new " + i);
        }
        assertFalse(isHot(engine, "tea"), "tea is hot after 3 writes and no read");
        assertEquals("new 2", cold.content().get("tea"), "tea in the cold engine: its newest value");
        assertReads(engine, "tea", "new 2");
    }

    @Test
    @DisplayName("makes each of several hot keys cold in its own time, in the order of their last reads")
    void demotesInTheOrderOfReads() {
        SimpleHybridEngine engine = engine(1, 4);
        for (String key : List.of("a", "b", "c")) {
            put(engine, key, "of " + key);
        }
        assertReads(engine, "a", "of a");
        assertReads(engine, "b", "of b");
        assertReads(engine, "c", "of c");
        assertReads(engine, "a", "of a");
        List<String> hotKeys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            put(engine, "order", "o");
            hotKeys.add(String.join("", hot.content().keySet()));
        }
        assertEquals(List.of("abc", "ac", "a", ""), hotKeys, "hot keys 1, 2, 3, 4 operations after reads of b, c, a");
    }

    @Test
    @DisplayName("counts reads from 0 when a key has become cold")
    void countsAgain() {
        SimpleHybridEngine engine = engine(3, 2);
        put(engine, "tea", "1");
        for (int round = 1; round <= 3; round++) {
            for (int i = 0; i < 3; i++) {
                assertFalse(isHot(engine, "tea"), "tea is hot after " + i + " reads of 3, in round " + round);
                assertReads(engine, "tea", "1");
            }
            assertTrue(isHot(engine, "tea"), "tea is not hot after 3 reads of 3, in round " + round);
            put(engine, "order", "1");
            put(engine, "order", "2");
            assertEquals(new Moves(round, round), engine.moves(), "moves after round " + round);
        }
        assertEquals(1, engine.countedKeys(), "keys that were read: tea, in three rounds");
    }

    @Test
    @DisplayName("adds up reads for ever while a key is cold, whatever comes in between")
    void countsNeverFade() {
        SimpleHybridEngine engine = engine(3, 2);
        put(engine, "tea", "1");
        for (int i = 0; i < 3; i++) {
            assertFalse(isHot(engine, "tea"), "tea is hot after " + i + " reads of 3");
            for (int j = 0; j < 50; j++) {
                idle(engine, j);
            }
            put(engine, "tea", "2");
            assertReads(engine, "tea", "2");
        }
        assertTrue(isHot(engine, "tea"), "tea is not hot after 3 reads with 51 operations before each");
    }

    @Test
    @DisplayName("counts a read of a key that is not there, and moves the key with the first read that finds it")
    void missesCount() {
        SimpleHybridEngine engine = engine(3, 2);
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), get(engine, "tea"), "get(tea), which is not there");
            assertFalse(isHot(engine, "tea"), "tea is hot, and not there");
        }
        assertEquals(1, engine.countedKeys(), "keys that were read: tea, which is not there");
        put(engine, "tea", "1");
        assertEquals(Map.of("tea", "1"), cold.content(), "the cold engine after put tea=1: only reads make a key hot");
        assertReads(engine, "tea", "1");
        assertTrue(isHot(engine, "tea"), "tea is not hot with its sixth read of 3, the first that finds it");
        assertEquals(Map.of("tea", "1"), hot.content(), "the hot engine after the first read that finds tea");
    }

    @Test
    @DisplayName("asks only the home of a key that has a value, and then the other engine if it has none")
    void asksTheHomeFirst() {
        SimpleHybridEngine engine = engine(2, NEVER);
        put(engine, "tea", "1");
        calls.clear();
        get(engine, "tea");
        assertEquals(List.of("cold: get tea"), calls, "get of tea, which is cold");
        get(engine, "tea");
        calls.clear();
        get(engine, "tea");
        assertEquals(List.of("hot: get tea"), calls, "get of tea, which is hot");
        delete(engine, "tea");
        calls.clear();
        get(engine, "tea");
        assertEquals(List.of("hot: get tea", "cold: get tea"), calls, "get of tea, hot and deleted");
        calls.clear();
        get(engine, "rum");
        assertEquals(List.of("cold: get rum", "hot: get rum"), calls, "get of rum, which never was there");
    }

    @Test
    @DisplayName("believes the home of a key if both engines have a value")
    void homeIsBelieved() {
        hot.with("tea", "old").with("rum", "left");
        cold.with("tea", "new");
        SimpleHybridEngine engine = engine(NEVER, NEVER);
        assertReads(engine, "tea", "new");
        assertReads(engine, "rum", "left");
        put(engine, "rum", "newer");
        assertEquals("newer", cold.content().get("rum"), "rum in the cold engine, its home, after put rum=newer");
        assertReads(engine, "rum", "newer");
        delete(engine, "rum");
        assertEquals(Optional.empty(), get(engine, "rum"), "get(rum) after delete: both engines had a value");
        assertEquals(Map.of("tea", "old"), hot.content(), "the hot engine after delete rum");
    }

    @Test
    @DisplayName("makes a key hot by enough reads though its value is in the hot engine already, after a restart")
    void promotesInPlace() {
        hot.with("tea", "1");
        SimpleHybridEngine engine = engine(2, 2);
        assertReads(engine, "tea", "1");
        assertFalse(isHot(engine, "tea"), "tea is hot after one read of 2: its home is not known after a restart");
        assertReads(engine, "tea", "1");
        assertTrue(isHot(engine, "tea"), "tea is not hot after two reads of 2");
        assertReads(engine, "tea", "1");
        idle(engine, 0);
        idle(engine, 1);
        assertEquals("1", cold.content().get("tea"), "tea in the cold engine, 2 operations after its last read");
        assertFalse(hot.content().containsKey("tea"), "tea is cold, and still in the hot engine");
    }

    @Test
    @DisplayName("leaves a hot key hot that is deleted; when its time has come, there is nothing to move")
    void deletedHotKey() {
        SimpleHybridEngine engine = hotTea(1, 3);
        delete(engine, "tea");
        assertTrue(isHot(engine, "tea"), "tea, hot, is cold after delete");
        put(engine, "tea", "2");
        assertEquals(Map.of("tea", "2"), hot.content(), "the hot engine after put tea=2: tea is still hot");
        delete(engine, "tea");
        assertFalse(isHot(engine, "tea"), "tea is hot, 3 operations after its last read");
        assertEquals(new Moves(1, 0), engine.moves(), "moves: a deleted key has no value to move");
        assertEquals(Map.of(), cold.content(), "the cold engine after delete tea");
        assertEquals(Optional.empty(), get(engine, "tea"), "get(tea) after delete");
        put(engine, "tea", "3");
        assertEquals(Map.of("tea", "3"), cold.content(), "the cold engine after put tea=3: tea is cold again");
    }

    @Test
    @DisplayName("hands each engine its part of a batch in order, in one write, the cold engine first")
    void batches() {
        SimpleHybridEngine engine = hotTea(1, NEVER);
        WriteBatch batch = new WriteBatch()
                .put(Slice.utf8("tea"), Slice.utf8("2"))
                .put(Slice.utf8("gin"), Slice.utf8("1"))
                .put(Slice.utf8("gin"), Slice.utf8("2"))
                .delete(Slice.utf8("rum"))
                .delete(Slice.utf8("tea"))
                .put(Slice.utf8("tea"), Slice.utf8("3"));
        for (Durability durability : Durability.values()) {
            calls.clear();
            engine.write(batch, durability);
            assertEquals(
                    List.of(
                            "cold: write " + durability + " [put gin=1, put gin=2, delete rum, delete tea]",
                            "hot: write " + durability + " [put tea=2, delete rum, delete tea, put tea=3]"),
                    calls,
                    "a batch of " + batch + ", " + durability + ", where tea is hot");
        }
        assertReads(engine, "tea", "3");
        assertReads(engine, "gin", "2");
    }

    @Test
    @DisplayName("calls no engine that has no part of a batch")
    void emptyParts() {
        SimpleHybridEngine engine = hotTea(1, NEVER);
        calls.clear();
        engine.write(new WriteBatch().put(Slice.utf8("tea"), Slice.utf8("2")), Durability.SYNCED);
        assertEquals(List.of("hot: write SYNCED [put tea=2]"), calls, "a batch with tea, which is hot");
        calls.clear();
        engine.write(new WriteBatch().put(Slice.utf8("gin"), Slice.utf8("2")), Durability.SYNCED);
        assertEquals(List.of("cold: write SYNCED [put gin=2]"), calls, "a batch with gin, which is cold");
        calls.clear();
        engine.write(new WriteBatch(), Durability.SYNCED);
        assertEquals(List.of(), calls, "an empty batch");
    }

    @Test
    @DisplayName("puts the value into the new home before it deletes it from the old one")
    void copyFirst() {
        SimpleHybridEngine engine = engine(1, 1);
        put(engine, "tea", "1");
        calls.clear();
        get(engine, "tea");
        assertEquals(
                List.of("hot: write BUFFERED [put tea=1]", "cold: write BUFFERED [delete tea]"),
                writes(),
                "the writes of a promotion");
        calls.clear();
        engine.write(new WriteBatch(), Durability.BUFFERED);
        assertEquals(
                List.of("cold: write BUFFERED [put tea=1]", "hot: write BUFFERED [delete tea]"),
                writes(),
                "the writes of a demotion");
    }

    @Test
    @DisplayName("leaves a key at home if an engine refuses the move, and moves it when it is asked for next")
    void refusedPromotion() {
        for (boolean copyFails : new boolean[] {true, false}) {
            String key = copyFails ? "tea" : "gin";
            String what =
                    copyFails ? " when the put into the hot engine fails" : " when the delete from the cold one fails";
            SimpleHybridEngine engine = engine(2, NEVER);
            put(engine, key, "1");
            get(engine, key);
            (copyFails ? hot : cold).failAfter(0);
            assertThrows(StorageIoException.class, () -> engine.get(Slice.utf8(key)), "the second get" + what);
            assertFalse(isHot(engine, key), key + " is hot" + what);
            assertEquals(new Moves(0, 0), engine.moves(), "moves" + what);
            assertEquals("1", cold.content().get(key), key + " in the cold engine" + what);
            put(engine, key, "2");
            assertEquals("2", cold.content().get(key), key + " in the cold engine after a put" + what);
            assertReads(engine, key, "2");
            assertTrue(isHot(engine, key), key + " is not hot after the next get, which works");
            assertEquals("2", hot.content().get(key), key + " in the hot engine after the next get");
            assertFalse(cold.content().containsKey(key), key + " is hot, and still in the cold engine");
            assertReads(engine, key, "2");
        }
    }

    @Test
    @DisplayName("leaves a key hot if an engine refuses to take it back, and tries again with the next operation")
    void refusedDemotion() {
        for (boolean copyFails : new boolean[] {true, false}) {
            String key = copyFails ? "tea" : "gin";
            String what =
                    copyFails ? " when the put into the cold engine fails" : " when the delete from the hot one fails";
            SimpleHybridEngine engine = engine(2, 2);
            put(engine, key, "1");
            get(engine, key);
            get(engine, key);
            idle(engine, 0);
            (copyFails ? cold : hot).failAfter(0);
            assertThrows(
                    StorageIoException.class,
                    () -> engine.write(new WriteBatch(), Durability.BUFFERED),
                    "the operation after which " + key + " is cold" + what);
            assertTrue(isHot(engine, key), key + " is cold" + what);
            assertEquals(new Moves(1, 0), engine.moves(), "moves" + what);
            assertEquals("1", hot.content().get(key), key + " in the hot engine" + what);
            engine.write(new WriteBatch(), Durability.BUFFERED);
            assertFalse(isHot(engine, key), key + " is hot after the next operation, which works");
            assertEquals(new Moves(1, 1), engine.moves(), "moves after the next operation");
            assertEquals("1", cold.content().get(key), key + " in the cold engine after the next operation");
            assertFalse(hot.content().containsKey(key), key + " is cold, and still in the hot engine");
            assertReads(engine, key, "1");
            assertFalse(isHot(engine, key), key + " is hot after one read of 2");
        }
    }

    @Test
    @DisplayName("has a counter for each key that was ever read, there or not, and for no other")
    void counters() {
        SimpleHybridEngine engine = engine(2, 5);
        for (int i = 0; i < 20; i++) {
            put(engine, "order" + i, "o");
        }
        assertEquals(0, engine.countedKeys(), "counters after 20 puts and no read");
        for (int i = 0; i < 30; i++) {
            get(engine, "order" + i);
            get(engine, "order" + i);
        }
        assertEquals(30, engine.countedKeys(), "counters after reads of 30 keys, 10 of which are not there");
        for (int i = 0; i < 30; i++) {
            delete(engine, "order" + i);
        }
        assertEquals(30, engine.countedKeys(), "counters after 30 keys were deleted: none goes");
    }

    @Test
    @DisplayName("says of each metric what both engines say together")
    void stats() {
        hot.setMetrics(Map.of(Metric.GETS, 3L, Metric.WRITES, 4L));
        cold.setMetrics(Map.of(Metric.GETS, 10L, Metric.TABLES, 7L));
        StoreStats stats = engine(2, 2).stats();
        assertEquals(13, stats.get(Metric.GETS), "gets, where the engines say 3 and 10");
        assertEquals(4, stats.get(Metric.WRITES), "writes, of which only the hot engine says 4");
        assertEquals(7, stats.get(Metric.TABLES), "tables, of which only the cold engine says 7");
        assertEquals(3, stats.metrics().size(), "metrics, of which the engines have three");
        assertEquals(LatencySummary.NONE, stats.getLatency(), "the latency of gets");
        assertEquals(LatencySummary.NONE, stats.writeLatency(), "the latency of writes");
    }

    @Test
    @DisplayName("closes both engines, also if one of them throws")
    void closes() {
        for (int failing = 0; failing <= 2; failing++) {
            RecordedEngine one = new RecordedEngine("hot", calls);
            RecordedEngine other = new RecordedEngine("cold", calls);
            SimpleHybridEngine engine = new SimpleHybridEngine(one, other, new Thresholds(1, 1));
            if (failing == 0) {
                engine.close();
            } else {
                (failing == 1 ? one : other).failToClose();
                assertThrows(StorageIoException.class, engine::close, "close of an engine that throws");
            }
            String what =
                    failing == 0 ? "" : failing == 1 ? ", where the hot one throws" : ", where the cold one throws";
            assertTrue(one.isClosed(), "the hot engine is open after close" + what);
            assertTrue(other.isClosed(), "the cold engine is open after close" + what);
            assertThrows(StoreClosedException.class, () -> engine.get(Slice.utf8("tea")), "get after close");
        }
    }

    /** An engine over the two that are recorded. */
    private SimpleHybridEngine engine(int promoteAfterReads, int demoteAfterOperations) {
        return new SimpleHybridEngine(hot, cold, new Thresholds(promoteAfterReads, demoteAfterOperations));
    }

    /** An engine with tea=1, which was just read often enough to be hot. */
    private SimpleHybridEngine hotTea(int promoteAfterReads, int demoteAfterOperations) {
        SimpleHybridEngine engine = engine(promoteAfterReads, demoteAfterOperations);
        put(engine, "tea", "1");
        for (int i = 0; i < promoteAfterReads; i++) {
            assertReads(engine, "tea", "1");
        }
        assertTrue(isHot(engine, "tea"), "tea is not hot after " + promoteAfterReads + " reads");
        return engine;
    }

    /** Some operation that does not read a key with a value. */
    private static void idle(SimpleHybridEngine engine, int which) {
        switch (which % 4) {
            case 0 -> put(engine, "order", "o");
            case 1 -> get(engine, "nothing");
            case 2 -> delete(engine, "order");
            default -> engine.write(new WriteBatch(), Durability.BUFFERED);
        }
    }

    private List<String> writes() {
        return calls.stream().filter(call -> call.contains(": write ")).toList();
    }

    private static void assertReads(SimpleHybridEngine engine, String key, String value) {
        assertEquals(Optional.of(Slice.utf8(value)), get(engine, key), "get(" + key + ")");
    }

    private static Optional<Slice> get(SimpleHybridEngine engine, String key) {
        Step.at("get(" + key + ")");
        return engine.get(Slice.utf8(key));
    }

    private static void put(SimpleHybridEngine engine, String key, String value) {
        Step.at("put(" + key + ", " + value + ")");
        engine.put(Slice.utf8(key), Slice.utf8(value));
    }

    private static void delete(SimpleHybridEngine engine, String key) {
        Step.at("delete(" + key + ")");
        engine.delete(Slice.utf8(key));
    }

    private static boolean isHot(SimpleHybridEngine engine, String key) {
        return engine.isHot(Slice.utf8(key));
    }
}
