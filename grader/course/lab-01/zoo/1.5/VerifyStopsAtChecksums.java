// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: verify compares checksums only, and not whether keys ascend and the index says what is in the blocks
public final class SortedTable {
    public void verify() {
        for (BlockRef block : index) {
            entriesOf(block).forEachRemaining(entry -> {});
        }
    }
}
