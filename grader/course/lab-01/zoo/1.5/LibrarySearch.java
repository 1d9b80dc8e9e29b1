// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: accepted
// because: it asks the library's binary search, whose negative answer says where the key would be inserted

import com.google.common.collect.Lists;
import java.util.Collections;

public final class SortedTable {
    private int blockFor(Slice key) {
        int found = Collections.binarySearch(Lists.transform(index, BlockRef::firstKey), key);
        return found >= 0 ? found : -found - 2;
    }
}
