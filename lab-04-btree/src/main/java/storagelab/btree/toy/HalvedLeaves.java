package storagelab.btree.toy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import storagelab.course.Toy;

/**
 * The leaves of a B+tree, and no tree above them: sorted keys, so many of them in a leaf at most, and a leaf with one
 * more is divided in the middle. It shows how full leaves become if nobody asks where the next key will come.
 */
@Toy("divides every leaf in the middle, wherever it is and whatever its neighbours have; no values, no pages")
public final class HalvedLeaves {
    private final int keysMax;
    private final NavigableMap<Integer, int[]> leaves = new TreeMap<>(); // by the smallest key that belongs into each
    private int keys;

    /**
     * No keys, in one leaf.
     *
     * @param keysMax how many keys a leaf has at most
     */
    public HalvedLeaves(int keysMax) {
        this.keysMax = keysMax;
        leaves.put(Integer.MIN_VALUE, new int[0]);
    }

    /** Adds a key, which is not there yet. */
    public void put(int key) {
        Map.Entry<Integer, int[]> place =
                Objects.requireNonNull(leaves.floorEntry(key), "the first leaf has no lower end");
        int first = place.getKey();
        int[] leaf = place.getValue();
        int[] fuller = Arrays.copyOf(leaf, leaf.length + 1);
        fuller[leaf.length] = key;
        Arrays.sort(fuller);
        keys++;
        if (fuller.length <= keysMax) {
            leaves.put(first, fuller);
            return;
        }
        int middle = fuller.length / 2;
        leaves.put(first, Arrays.copyOfRange(fuller, 0, middle));
        leaves.put(fuller[middle], Arrays.copyOfRange(fuller, middle, fuller.length));
    }

    /** All keys in order. */
    public List<Integer> keys() {
        return leaves.values().stream().flatMapToInt(Arrays::stream).boxed().toList();
    }

    /** Number of leaves. */
    public int leafCount() {
        return leaves.size();
    }

    /** How much of the leaves is in use, 0 to 1. */
    public double fill() {
        return (double) keys / leafCount() / keysMax;
    }
}
