// exercise: 3.7
// type: storagelab.memtable.SkipListMemtable
// verdict: caught
// because: freeze() does not wait for adds that are under way, and entries appear in a frozen memtable
public final class SkipListMemtable {
    public void freeze() {
        begun.getAndUpdate(count -> count | FROZEN);
    }
}
