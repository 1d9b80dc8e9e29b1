// exercise: 5.7
// type: storagelab.lsm.BatchRecord
// verdict: caught
// because: reads operations until the bytes end, and never looks whether they are as many as the head says
public record BatchRecord(long sequence, WriteBatch batch) {
    public static BatchRecord decode(Slice bytes) {
        ByteReader in = new ByteReader(bytes);
        try {
            long sequence = in.readFixed64();
            int count = in.readFixed32();
            WriteBatch batch = new WriteBatch();
            while (in.remaining() > 0) {
                if (ValueKind.of(in.readByte()) == ValueKind.VALUE) {
                    batch.put(in.readLengthPrefixed(), in.readLengthPrefixed());
                } else {
                    batch.delete(in.readLengthPrefixed());
                }
            }
            if (sequence < 0 || sequence > InternalKey.MAX_SEQUENCE - count) {
                throw new IllegalArgumentException("a batch from sequence " + sequence);
            }
            return new BatchRecord(sequence, batch);
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException("the rest of a batch at byte " + in.position(), e);
        }
    }
}
