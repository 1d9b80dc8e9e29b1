package storagelab.hybrid.toy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.testkit.hybrid.RecordedEngine;

@Tag("7.1")
class SimpleHybridEngineTest {
    private static final Slice TEA = Slice.utf8("tea");

    private final List<String> calls = new ArrayList<>();
    private final RecordedEngine hot = new RecordedEngine("hot", calls);
    private final RecordedEngine cold = new RecordedEngine("cold", calls);
    private final SimpleHybridEngine engine = new SimpleHybridEngine(hot, cold, new Thresholds(3, 4));

    @Test
    @DisplayName("the example of the statement: tea becomes hot with its third read, and cold four operations after it")
    void example() {
        put("tea", "5");
        assertThat("operation 1, put tea=5", calls(), is(List.of("cold: write BUFFERED [put tea=5]")));
        get("tea", "5");
        assertThat("operation 2, get tea", calls(), is(List.of("cold: get tea")));
        get("tea", "5");
        assertThat("operation 3, get tea", calls(), is(List.of("cold: get tea")));
        assertThat("isHot(tea) after two reads", engine.isHot(TEA), is(false));
        get("tea", "5");
        assertThat(
                "operation 4, the third get of tea",
                calls(),
                is(List.of("cold: get tea", "hot: write BUFFERED [put tea=5]", "cold: write BUFFERED [delete tea]")));
        assertThat("isHot(tea) after three reads", engine.isHot(TEA), is(true));
        put("tea", "6");
        assertThat("operation 5, put tea=6", calls(), is(List.of("hot: write BUFFERED [put tea=6]")));
        assertThat("operation 6, get rum", engine.get(Slice.utf8("rum")), is(Optional.empty()));
        assertThat("operation 6, get rum", calls(), is(List.of("cold: get rum", "hot: get rum")));
        put("gin", "9");
        assertThat("operation 7, put gin=9", calls(), is(List.of("cold: write BUFFERED [put gin=9]")));
        put("gin", "8");
        assertThat("after operation 8: the hot engine", hot.content(), is(Map.of()));
        assertThat("after operation 8: the cold engine", cold.content(), is(Map.of("tea", "6", "gin", "8")));
        assertThat("isHot(tea) after operation 8", engine.isHot(TEA), is(false));
        calls.clear();
        get("tea", "6");
        assertThat("operation 9, get tea", calls(), is(List.of("cold: get tea")));
        assertThat("moves", engine.moves(), is(new Moves(1, 1)));
        assertThat("keys that were read: tea and rum", engine.countedKeys(), is(2));
    }

    @Test
    @DisplayName("a batch is written to the homes of its keys, the part of the cold engine first")
    void batch() {
        makeTeaHot();
        calls.clear();
        engine.write(
                new WriteBatch().put(TEA, Slice.utf8("7")).put(Slice.utf8("order"), Slice.utf8("one tea")),
                Durability.SYNCED);
        assertThat(
                "the calls of a batch with tea, which is hot, and an order, which is cold",
                calls,
                is(List.of("cold: write SYNCED [put order=one tea]", "hot: write SYNCED [put tea=7]")));
    }

    @Test
    @DisplayName("a deleted key is gone, though a run before has left its value in the other engine")
    void deleteAfterRestart() {
        makeTeaHot();
        SimpleHybridEngine reopened = new SimpleHybridEngine(hot, cold, new Thresholds(3, 4));
        assertThat("after a restart, with tea=5 in the hot engine", reopened, holds("tea", "5"));
        assertThat("isHot(tea) after a restart", reopened.isHot(TEA), is(false));
        reopened.put(TEA, Slice.utf8("6"));
        assertThat("tea=6 is in the cold engine now, the home of tea", reopened, holds("tea", "6"));
        reopened.delete(TEA);
        assertThat("after delete tea", reopened, hasNothingUnder("tea"));
    }

    private void makeTeaHot() {
        put("tea", "5");
        for (int i = 0; i < 3; i++) {
            get("tea", "5");
        }
        assertThat("isHot(tea) after three reads", engine.isHot(TEA), is(true));
    }

    private void put(String key, String value) {
        engine.put(Slice.utf8(key), Slice.utf8(value));
    }

    private void get(String key, String expected) {
        assertThat("get(" + key + ")", engine.get(Slice.utf8(key)), is(Optional.of(Slice.utf8(expected))));
    }

    /** The calls since the last look. */
    private List<String> calls() {
        List<String> seen = List.copyOf(calls);
        calls.clear();
        return seen;
    }
}
