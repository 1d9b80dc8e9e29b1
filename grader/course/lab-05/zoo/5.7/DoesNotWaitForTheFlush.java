// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: a full memtable is frozen although the one before is not written out yet: that one is lost, and its log with it
final class WritePath {
    private void makeRoom() {
        if (tree.state().memtable().sizeBytes() >= options.memtableBytes()) {
            rotate();
            checkWritable();
        }
    }
}
