// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: a write to the log fails, and the next one goes behind it: under the same sequences, behind what nobody knows
final class WritePath {
    private void commit(List<WriteBatch> batches, boolean synced) {
        checkWritable();
        delay(batches);
        makeRoom();
        long sequence = versions.lastSequence() + 1;
        if (!isNothing(batches)) {
            log.append(sequence, batches, synced);
        } else if (synced) {
            log.sync();
        }
        LsmMemtable memtable = tree.state().memtable();
        for (WriteBatch batch : batches) {
            for (WriteBatch.Operation operation : batch.operations()) {
                memtable.add(sequence++, operation);
            }
        }
        versions.setLastSequence(sequence - 1);
    }
}
