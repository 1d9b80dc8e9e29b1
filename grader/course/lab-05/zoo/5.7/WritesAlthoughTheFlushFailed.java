// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: the flush that the writer waited for has failed, and its write is acknowledged
final class WritePath {
    private void makeRoom() {
        while (tree.state().memtable().sizeBytes() >= options.memtableBytes()) {
            WriteStallController.Cause cause = obstacle();
            if (cause == null) {
                rotate();
            } else {
                stop(cause);
            }
        }
    }
}
