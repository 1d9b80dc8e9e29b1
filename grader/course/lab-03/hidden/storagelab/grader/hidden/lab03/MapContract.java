package storagelab.grader.hidden.lab03;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.tree.OrderedMap;

/** What every ordered map of the lab must do, whatever it is inside. */
abstract class MapContract {
    private static final int KEYS = 40;

    @SuppressWarnings("NullAway") // what must be refused has to be passed first
    private static final Integer NO_KEY = null;

    @SuppressWarnings("NullAway")
    private static final String NO_VALUE = null;

    /** A map without entries. */
    abstract <K> OrderedMap<K, String> newMap(Comparator<? super K> comparator);

    /** Checks the structure itself after a change. */
    abstract void verify(OrderedMap<Integer, String> map, String when);

    @Test
    @DisplayName("random puts and deletes: every answer is that of a TreeMap, and the structure holds after each")
    void likeATreeMap() {
        Seeds.check(60, random -> {
            MapModel model = new MapModel(newMap(Comparator.naturalOrder()));
            model.change(random, 150, KEYS, changed -> verify(changed.mine(), "after" + changed.history()));
            model.compareAll(KEYS);
        });
    }

    @Test
    @DisplayName("every neighbour of every key, while the map grows and shrinks")
    void neighbours() {
        Seeds.check(5, random -> {
            MapModel model = new MapModel(newMap(Comparator.naturalOrder()));
            model.compareAll(3);
            model.change(random, 60, 15, changed -> changed.compareAll(15));
        });
    }

    @Test
    @DisplayName("emptied by deletes or by clear(), it is as new")
    void emptied() {
        MapModel model = new MapModel(newMap(Comparator.naturalOrder()));
        for (int round = 0; round < 3; round++) {
            for (int key = 0; key < 10; key++) {
                model.put(key * 7 % 10, "round " + round);
            }
            for (int key = 9; key >= 0; key--) {
                model.delete(key * 3 % 10);
                verify(model.mine(), "after" + model.history());
            }
            model.compareAll(10);
        }
        model.put(5, "a");
        model.mine().clear();
        model.right().clear();
        verify(model.mine(), "after clear()");
        model.compareAll(10);
        model.put(4, "b");
        model.put(6, "c");
        verify(model.mine(), "after clear() and two puts");
        model.compareAll(10);
    }

    @Test
    @DisplayName("the comparator alone decides which keys are the same")
    void comparatorDecides() {
        OrderedMap<String, String> map = newMap(String.CASE_INSENSITIVE_ORDER);
        assertTrue(
                map.comparator() == String.CASE_INSENSITIVE_ORDER, "comparator() is not the one the map was made with");
        map.put("apple", "1");
        map.put("Cherry", "2");
        assertEquals(
                Optional.of("1"), Optional.ofNullable(map.put("APPLE", "3")), "put(APPLE) over apple, ignoring case");
        assertEquals(2, map.size(), "size() with apple and Cherry");
        assertEquals(Optional.of("3"), Optional.ofNullable(map.get("aPPle")), "get(aPPle)");
        assertEquals(Optional.of("2"), valueOf(map.ceiling("b")), "ceiling(b) of apple and Cherry, ignoring case");
        String cased = " of apple and Cherry, ignoring case";
        assertEquals(Optional.of("3"), valueOf(map.floor("APPLe")), "floor(APPLe)" + cased);
        assertEquals(Optional.of("3"), valueOf(map.ceiling("APPLe")), "ceiling(APPLe)" + cased);
        assertEquals(Optional.empty(), valueOf(map.lower("APPLe")), "lower(APPLe)" + cased);
        assertEquals(Optional.of("2"), valueOf(map.higher("APPLe")), "higher(APPLe)" + cased);
        assertEquals(Optional.of("2"), Optional.ofNullable(map.delete("CHERRY")), "delete(CHERRY) of Cherry");

        OrderedMap<Integer, String> far = newMap((a, b) -> a < b ? Integer.MIN_VALUE : a > b ? Integer.MAX_VALUE : 0);
        for (int key : new int[] {2, 1, 3}) {
            far.put(key, "v" + key);
        }
        String answers = "with a comparator that answers with the smallest and the largest int: ";
        assertEquals(Optional.of("v1"), valueOf(far.lower(2)), answers + "lower(2) of 1, 2, 3");
        assertEquals(Optional.of("v3"), valueOf(far.higher(2)), answers + "higher(2) of 1, 2, 3");
        assertEquals(Optional.of("v2"), valueOf(far.floor(2)), answers + "floor(2) of 1, 2, 3");
        assertEquals(Optional.of("v2"), valueOf(far.ceiling(2)), answers + "ceiling(2) of 1, 2, 3");
    }

    @Test
    @DisplayName("keys are compared, never tested for being the same object")
    void equalKeysNeedNotBeTheSame() {
        OrderedMap<Integer, String> map = newMap(Comparator.naturalOrder());
        for (int key = 1000; key < 1100; key++) {
            map.put(key, "v");
        }
        for (int key = 1000; key < 1100; key++) {
            assertEquals(
                    Optional.of("v"),
                    Optional.ofNullable(map.delete(Integer.parseInt(Integer.toString(key)))),
                    "delete of a key that is another object");
        }
        assertEquals(0, map.size(), "size() when all are deleted");
    }

    @Test
    @DisplayName("an entry that was returned stays as it is, whatever the map does then")
    void entriesAreCopies() {
        OrderedMap<Integer, String> map = newMap(Comparator.naturalOrder());
        for (int key : new int[] {4, 2, 6, 1, 3, 5, 7}) {
            map.put(key, "v" + key);
        }
        Map.@Nullable Entry<Integer, String> four = map.floor(4);
        map.put(4, "new");
        assertEquals(Optional.of("v4"), valueOf(four), "the value of floor(4), asked after put(4)");
        Map.@Nullable Entry<Integer, String> again = map.ceiling(4);
        map.delete(4);
        assertEquals(
                Optional.of(Map.entry(4, "new")), Optional.ofNullable(again), "ceiling(4), looked at after delete(4)");
    }

    @Test
    @DisplayName("null is refused, as a key and as a value, also by an empty map")
    void nulls() {
        OrderedMap<Integer, String> map = newMap(Comparator.naturalOrder());
        for (int round = 0; round < 2; round++) {
            String with = " with " + map.size() + " entries";
            assertThrows(NullPointerException.class, () -> map.get(NO_KEY), "get(null)" + with);
            assertThrows(NullPointerException.class, () -> map.put(NO_KEY, "v"), "put(null, v)" + with);
            assertThrows(NullPointerException.class, () -> map.put(9, NO_VALUE), "put(9, null)" + with);
            assertThrows(NullPointerException.class, () -> map.delete(NO_KEY), "delete(null)" + with);
            assertThrows(NullPointerException.class, () -> map.floor(NO_KEY), "floor(null)" + with);
            assertThrows(NullPointerException.class, () -> map.lower(NO_KEY), "lower(null)" + with);
            assertThrows(NullPointerException.class, () -> map.ceiling(NO_KEY), "ceiling(null)" + with);
            assertThrows(NullPointerException.class, () -> map.higher(NO_KEY), "higher(null)" + with);
            assertEquals(round, map.size(), "size() after calls that were refused");
            assertEquals(Optional.empty(), Optional.ofNullable(map.get(9)), "get(9) after put(9, null)" + with);
            verify(map, "after put(9, null)" + with);
            map.put(1, "v");
        }
        assertThrows(NullPointerException.class, () -> map.put(1, NO_VALUE), "put(1, null) over 1=v");
        assertEquals(Optional.of("v"), Optional.ofNullable(map.get(1)), "get(1) after put(1, null) over 1=v");
    }

    private static Optional<String> valueOf(Map.@Nullable Entry<?, String> entry) {
        return Optional.ofNullable(entry).map(Map.Entry::getValue);
    }
}
