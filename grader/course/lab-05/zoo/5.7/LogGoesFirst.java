// exercise: 5.7
// type: storagelab.lsm.LsmTree
// verdict: caught
// because: the log is deleted when the table is written, before the manifest names it: for a moment the writes are in neither
final class LsmTree {
    boolean flushStep() {
        LsmMemtable frozen;
        WriteLog itsLog;
        long nextLog;
        synchronized (installing) {
            frozen = state.frozen();
            itsLog = frozenLog;
            nextLog = nextLogNumber;
        }
        if (frozen == null || itsLog == null) {
            return false;
        }
        VersionEdit edit = new VersionEdit().setLogNumber(nextLog);
        long nowMillis = options.clock().millis();
        frozen.writeTo(newTables()).forEach(file -> edit.add(0, file.inRun(file.number(), nowMillis)));
        itsLog.close();
        StoreFile.delete(LsmFileNames.log(directory, itsLog.number()));
        install(edit, true);
        stats.increment(Metric.FLUSHES);
        return true;
    }
}
