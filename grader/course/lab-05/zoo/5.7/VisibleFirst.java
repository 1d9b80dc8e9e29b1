// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: the sequences become visible before the memtable has the operations: a reader at that sequence misses them
final class WritePath {
    private void commit(List<WriteBatch> batches, boolean synced) {
        checkWritable();
        delay(batches);
        makeRoom();
        long sequence = versions.lastSequence() + 1;
        try {
            if (!isNothing(batches)) {
                log.append(sequence, batches, synced);
            } else if (synced) {
                log.sync();
            }
            long last = sequence - 1;
            for (WriteBatch batch : batches) {
                last += batch.operations().size();
            }
            versions.setLastSequence(last);
            LsmMemtable memtable = tree.state().memtable();
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    memtable.add(sequence++, operation);
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }
}
