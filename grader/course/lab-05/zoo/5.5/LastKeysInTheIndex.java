// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: the index has the last key of each block in full, and its bytes are not LevelDB's
public final class TableBuilder {
    private void indexEnded(Slice separator) {
        if (ended != null) {
            index.add(last, encoded(ended));
            ended = null;
        }
    }
}
