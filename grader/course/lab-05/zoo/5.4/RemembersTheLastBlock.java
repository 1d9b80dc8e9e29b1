// exercise: 5.4
// type: storagelab.sstable.BlockBuilder
// verdict: caught
// because: the last key of a block is not forgotten, and the first one of the next block shares with it
public final class BlockBuilder {
    public void reset() {
        out.clear();
        restarts.clear();
        restarts.add(0);
        sinceRestart = 0;
    }
}
