// exercise: 5.7
// type: storagelab.lsm.BatchRecord
// verdict: caught
// because: the number in the head is that of the batches of the group, not of their operations
public record BatchRecord(long sequence, WriteBatch batch) {
    public static Slice encode(long sequence, List<WriteBatch> batches, ByteWriter out) {
        out.clear();
        out.putFixed64(sequence).putFixed32(batches.size());
        for (WriteBatch batch : batches) {
            for (WriteBatch.Operation operation : batch.operations()) {
                if (operation instanceof WriteBatch.Put put) {
                    out.putByte(ValueKind.VALUE.code())
                            .putLengthPrefixed(put.key())
                            .putLengthPrefixed(put.value());
                } else {
                    out.putByte(ValueKind.DELETION.code()).putLengthPrefixed(operation.key());
                }
            }
        }
        return out.view();
    }
}
