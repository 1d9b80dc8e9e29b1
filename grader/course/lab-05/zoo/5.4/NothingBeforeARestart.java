// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: caught
// because: from a restart a step back begins at that restart itself, where nothing comes before
public final class BlockCursor {
    public void prev() {
        checkValid();
        int before = entry;
        toRestart(lastRestartBefore(before + 1));
        if (next >= before) {
            entry = NONE;
            return;
        }
        do {
            step();
        } while (entry != NONE && next < before);
    }
}
