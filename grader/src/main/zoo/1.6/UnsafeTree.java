// exercise: 1.6
// type: storagelab.sortedlog.Memtable
// verdict: caught
// because: readers walk a TreeMap while the writer turns its branches, and miss what is there
import java.util.TreeMap;

public final class Memtable {
    private final TreeMap<Slice, Entry> entries = new TreeMap<>();
}
