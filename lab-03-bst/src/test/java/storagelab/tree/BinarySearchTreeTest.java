package storagelab.tree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("3.1")
class BinarySearchTreeTest {
    private final BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());

    private static void assertHas(String when, BinarySearchTree<Integer, String> tree, int... keys) {
        try {
            tree.verify();
        } catch (AssertionError e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
        assertThat("size() " + when, tree.size(), is(keys.length));
        List<Integer> walked = new ArrayList<>();
        TreeCursor<Integer, String> cursor = tree.cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            walked.add(cursor.key());
        }
        assertThat("keys that a cursor meets " + when, walked, is(Ints.asList(keys)));
    }

    private void putAll(int... keys) {
        for (int key : keys) {
            tree.put(key, "v" + key);
        }
    }

    @Test
    @DisplayName("what was put is found, what was put again is replaced, what was not put is not there")
    void putAndGet() {
        assertThat("put(4, a) into an empty tree", tree.put(4, "a"), is(nullValue()));
        assertThat("put(4, b) over a", tree.put(4, "b"), is("a"));
        assertThat("get(4)", tree.get(4), is("b"));
        assertThat("get(5), which was never put", tree.get(5), is(nullValue()));
        assertThat("size() with one key", tree.size(), is(1));
    }

    @Test
    @DisplayName("the three cases of delete: no child, two children, one child")
    void delete() {
        putAll(4, 2, 6, 1, 3);
        assertThat("height() of 4, 2, 6, 1, 3", tree.height(), is(3));
        assertThat("delete(6), which has no child", tree.delete(6), is("v6"));
        assertHas("after delete(6) of 4, 2, 6, 1, 3", tree, 1, 2, 3, 4);
        assertThat("delete(2), which has two", tree.delete(2), is("v2"));
        assertHas("after delete(2) of 4, 2, 1, 3", tree, 1, 3, 4);
        assertThat("delete(4), which has one", tree.delete(4), is("v4"));
        assertThat("delete(4) again", tree.delete(4), is(nullValue()));
        assertHas("after delete(4) of 4, 3, 1", tree, 1, 3);
        assertThat(
                "range(0, 9) of what is left",
                ImmutableList.copyOf(tree.range(0, 9)),
                contains(Map.entry(1, "v1"), Map.entry(3, "v3")));
    }

    @Test
    @DisplayName("the next greater key takes the place of a deleted one and leaves its right side behind")
    void deleteWithANextThatHasARightSide() {
        putAll(2, 1, 6, 4, 5, 7);
        assertThat("delete(2), whose next greater key, 4, has 5 on its right", tree.delete(2), is("v2"));
        assertHas("after delete(2) of 2, 1, 6, 4, 5, 7", tree, 1, 4, 5, 6, 7);
    }

    @Test
    @DisplayName("random puts and deletes: the same as a TreeMap after each")
    void randomChanges() {
        Seeds.check(50, random -> {
            BinarySearchTree<Integer, String> mine = new BinarySearchTree<>(Comparator.naturalOrder());
            TreeMap<Integer, String> right = new TreeMap<>();
            List<String> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int key = random.nextInt(16);
                boolean put = random.nextInt(5) < 3;
                calls.add((put ? "put " : "delete ") + key);
                assertThat(
                        "what the last of " + calls + " returns",
                        put ? mine.put(key, "v" + i) : mine.delete(key),
                        is(put ? right.put(key, "v" + i) : right.remove(key)));
                assertHas("after " + calls, mine, Ints.toArray(right.keySet()));
            }
        });
    }

    @Test
    @DisplayName("neighbours: floor and ceiling may be the key itself, lower and higher may not")
    void neighbours() {
        putAll(4, 2, 6);
        assertThat("floor(4)", tree.floor(4), is(Map.entry(4, "v4")));
        assertThat("lower(4)", tree.lower(4), is(Map.entry(2, "v2")));
        assertThat("ceiling(5)", tree.ceiling(5), is(Map.entry(6, "v6")));
        assertThat("higher(6)", tree.higher(6), is(nullValue()));
        assertThat("first()", tree.first(), is(Map.entry(2, "v2")));
        assertThat("last()", tree.last(), is(Map.entry(6, "v6")));
    }

    @Test
    @DisplayName("a cursor goes up and down and turns round anywhere")
    void cursor() {
        putAll(4, 2, 6, 3);
        TreeCursor<Integer, String> cursor = tree.cursor();
        assertThat("a new cursor is at no entry", cursor.isValid(), is(false));
        cursor.seek(3);
        cursor.next();
        assertThat("after seek(3) and next()", cursor.key(), is(4));
        cursor.prev();
        cursor.prev();
        assertThat("after two prev() from 4", cursor.key(), is(2));
        cursor.prev();
        assertThat("isValid() before the first", cursor.isValid(), is(false));
        cursor.seekBefore(3);
        assertThat("after seekBefore(3)", cursor.value(), is("v2"));
    }

    @Test
    @DisplayName("a range has its lower end and not its upper one")
    void range() {
        putAll(1, 2, 3, 4, 5);
        assertThat(
                "range(2, 4) of 1 to 5",
                ImmutableList.copyOf(tree.range(2, 4)),
                contains(Map.entry(2, "v2"), Map.entry(3, "v3")));
        assertThat("range(3, 3)", ImmutableList.copyOf(tree.range(3, 3)), is(empty()));
    }

    @Test
    @DisplayName("a million ascending keys: a million deep, and nothing overflows")
    void aMillionAscendingKeys() {
        int keys = 1_000_000;
        for (int key = 0; key < keys; key++) {
            tree.put(key, "v");
        }
        assertThat("size() after " + keys + " puts", tree.size(), is(keys));
        TreeCursor<Integer, String> cursor = tree.cursor();
        cursor.seekToLast();
        assertThat("the greatest key", cursor.key(), is(keys - 1));
        assertThat("delete of the smallest", tree.delete(0), is("v"));
        tree.verify();
        tree.clear();
        assertThat("size() after clear()", tree.size(), is(0));
    }
}
