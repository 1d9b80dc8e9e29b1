// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: a new log is begun and the old one is not synced: a SYNCED write in the new one survives those before it
final class WritePath {
    private void rotate() {
        try {
            WriteLog next = WriteLog.create(directory, versions.newFileNumber(), options.fileAccess(), stats);
            tree.rotate(log, next.number());
            log = next;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        maintainer.wake();
    }
}
