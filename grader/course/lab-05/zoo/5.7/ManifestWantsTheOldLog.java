// exercise: 5.7
// type: storagelab.lsm.LsmTree
// verdict: caught
// because: the edit does not say which log is the first that is needed: the manifest goes on wanting the one that was deleted
final class LsmTree {
    boolean flushStep() {
        LsmMemtable frozen;
        WriteLog itsLog;
        synchronized (installing) {
            frozen = state.frozen();
            itsLog = frozenLog;
        }
        if (frozen == null || itsLog == null) {
            return false;
        }
        VersionEdit edit = new VersionEdit();
        long nowMillis = options.clock().millis();
        frozen.writeTo(newTables()).forEach(file -> edit.add(0, file.inRun(file.number(), nowMillis)));
        install(edit, true);
        itsLog.close();
        StoreFile.delete(LsmFileNames.log(directory, itsLog.number()));
        stats.increment(Metric.FLUSHES);
        return true;
    }
}
