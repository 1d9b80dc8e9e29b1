// exercise: 5.7
// type: storagelab.lsm.WritePath
// verdict: caught
// because: each operation becomes visible when it is in the memtable: a reader sees half of a batch
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
            LsmMemtable memtable = tree.state().memtable();
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    memtable.add(sequence, operation);
                    versions.setLastSequence(sequence);
                    sequence++;
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }
}
