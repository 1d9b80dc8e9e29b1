package storagelab.testkit.lsm;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.sstable.Block;
import storagelab.sstable.BlockSlots;

/** Places that keep everything, and say what they were asked for. */
public final class KeepingSlots implements BlockSlots {
    private final Map<Integer, Block> kept = new TreeMap<>();
    private int looks;
    private int closes;

    /** The blocks that were put, by their numbers. */
    public Map<Integer, Block> kept() {
        return kept;
    }

    /** How often a block was asked for. */
    public int looks() {
        return looks;
    }

    /** How often they were given up. */
    public int closes() {
        return closes;
    }

    @Override
    public @Nullable Block get(int number) {
        looks++;
        return kept.get(number);
    }

    @Override
    public void put(int number, Block block) {
        kept.put(number, block);
    }

    @Override
    public void close() {
        closes++;
    }
}
