// exercise: 5.5
// type: storagelab.sstable.FilterBlockBuilder
// verdict: caught
// because: each data block has a filter of its own, however small it is, and is looked for under another number
public final class FilterBlockBuilder {
    public void startBlock(long offset) {
        if (offset > 0) {
            endFilter();
        }
    }
}
