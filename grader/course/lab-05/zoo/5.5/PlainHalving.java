// exercise: 5.5
// type: storagelab.sstable.TableIndex
// verdict: accepted
// because: the index is searched where it lies in memory as keys of their own, by plain halving
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;

public final class TableIndex {
    private final List<Slice> plainUsers = new ArrayList<>();
    private final List<Long> plainTags = new ArrayList<>();
    private final List<BlockHandle> plainHandles = new ArrayList<>();

    public TableIndex(Block block) {
        keys = new byte[0];
        keyEnds = new int[0];
        tags = new long[0];
        handles = new BlockHandle[0];
        front = Slice.EMPTY;
        hints = new long[0];
        BlockCursor cursor = block.cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            Slice key = cursor.key();
            plainUsers.add(InternalKey.userKey(key));
            plainTags.add(InternalKey.tag(key));
            plainHandles.add(handle(block, cursor.value()));
        }
    }

    public int count() {
        return plainHandles.size();
    }

    public BlockHandle handle(int index) {
        return plainHandles.get(index);
    }

    public int find(Slice userKey, long tag) {
        int low = 0;
        int high = plainUsers.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = plainUsers.get(middle).compareTo(userKey);
            if (order < 0 || (order == 0 && Long.compareUnsigned(plainTags.get(middle), tag) > 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
