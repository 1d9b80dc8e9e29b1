// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: an empty SYNCED batch returns at once: what was BUFFERED before it is not on the disk
final class WritePath {
    private void commit(List<WriteBatch> batches, boolean synced) {
        checkWritable();
        if (isNothing(batches)) {
            return;
        }
        delay(batches);
        makeRoom();
        long sequence = versions.lastSequence() + 1;
        try {
            log.append(sequence, batches, synced);
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
        versions.setLastSequence(sequence - 1);
    }
}
