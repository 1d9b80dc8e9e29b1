// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: readers walk a TreeMap while the writer turns its branches, and miss what is there
import java.util.TreeMap;

public final class MapMemtable {
    private final TreeMap<Slice, Entry> entries = new TreeMap<>();
}
