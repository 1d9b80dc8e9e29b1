package storagelab.disk;

/** The running totals behind {@link DiskCounters}. Guarded by the {@link Volume} that owns it. */
final class CallCounts {
    private final long[] calls = new long[DiskCall.values().length];
    private long bytesRead;
    private long bytesWritten;

    void called(DiskCall call) {
        calls[call.ordinal()]++;
    }

    void read(int bytes) {
        bytesRead += bytes;
    }

    void wrote(int bytes) {
        bytesWritten += bytes;
    }

    DiskCounters snapshot() {
        return new DiskCounters(
                calls[DiskCall.READ.ordinal()],
                calls[DiskCall.WRITE.ordinal()],
                calls[DiskCall.SYNC.ordinal()],
                calls[DiskCall.DIRECTORY_SYNC.ordinal()],
                calls[DiskCall.METADATA.ordinal()],
                bytesRead,
                bytesWritten);
    }
}
