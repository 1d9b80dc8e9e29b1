package storagelab.grader.hidden.lab03;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.testkit.Step;
import storagelab.tree.OrderedMap;

/**
 * An {@link OrderedMap} beside a {@link TreeMap} that gets the same calls. Keys are small integers, so that they meet
 * often.
 */
final class MapModel {
    private final OrderedMap<Integer, String> mine;
    private final NavigableMap<Integer, String> right = new TreeMap<>();
    private final StringBuilder history = new StringBuilder();

    /** {@code mine} must have no entries. */
    MapModel(OrderedMap<Integer, String> mine) {
        this.mine = mine;
    }

    OrderedMap<Integer, String> mine() {
        return mine;
    }

    NavigableMap<Integer, String> right() {
        return right;
    }

    /** What was done so far, for a message. */
    String history() {
        int shown = 400;
        return history.length() <= shown ? history.toString() : "…" + history.substring(history.length() - shown);
    }

    /** Puts, and compares what is returned. */
    void put(int key, String value) {
        history.append(" put(").append(key).append(')');
        Step.at("the last of" + history());
        same(right.put(key, value), mine.put(key, value), "what the last put returned");
    }

    /** Deletes, and compares what is returned. */
    void delete(int key) {
        history.append(" delete(").append(key).append(')');
        Step.at("the last of" + history());
        same(right.remove(key), mine.delete(key), "what the last delete returned");
    }

    /** {@code count} random puts and deletes of keys below {@code keys}, with {@code check} after each. */
    void change(Random random, int count, int keys, Consumer<MapModel> check) {
        for (int i = 0; i < count; i++) {
            int key = random.nextInt(keys);
            if (random.nextInt(5) < 3) {
                put(key, "v" + i);
            } else {
                delete(key);
            }
            check.accept(this);
        }
    }

    /** Compares everything that can be asked, for keys from -1 to {@code keys}. */
    void compareAll(int keys) {
        String after = " after" + history();
        Step.at("size(), first() and last()" + after);
        assertEquals(right.size(), mine.size(), "size() after" + history());
        same(right.firstEntry(), mine.first(), "first()");
        same(right.lastEntry(), mine.last(), "last()");
        for (int key = -1; key <= keys; key++) {
            Step.at("get, floor, lower, ceiling and higher of " + key + after);
            same(right.get(key), mine.get(key), "get(" + key + ")");
            same(right.floorEntry(key), mine.floor(key), "floor(" + key + ")");
            same(right.lowerEntry(key), mine.lower(key), "lower(" + key + ")");
            same(right.ceilingEntry(key), mine.ceiling(key), "ceiling(" + key + ")");
            same(right.higherEntry(key), mine.higher(key), "higher(" + key + ")");
        }
    }

    private void same(@Nullable Object expected, @Nullable Object actual, String what) {
        if (expected instanceof Map.Entry<?, ?> entry && entry.equals(actual)) {
            return;
        }
        assertEquals(Optional.ofNullable(expected), Optional.ofNullable(actual), what + " after" + history());
    }
}
