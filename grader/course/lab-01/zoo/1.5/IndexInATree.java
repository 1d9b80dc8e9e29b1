// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: accepted
// because: the floor entry of a TreeMap from first keys to blocks is the same block
import java.util.TreeMap;

public final class SortedTable {
    private final TreeMap<Slice, Integer> blockByFirstKey = new TreeMap<>();

    private SortedTable(StoreFile file, StatsRecorder stats, TableInfo info, List<BlockRef> index) {
        this.file = file;
        this.stats = stats;
        this.info = info;
        this.index = index;
        for (int i = 0; i < index.size(); i++) {
            blockByFirstKey.put(index.get(i).firstKey, i);
        }
    }

    private int blockFor(Slice key) {
        return blockByFirstKey.floorEntry(key).getValue();
    }
}
