package storagelab.disk;

import java.util.EnumMap;
import java.util.Map;

/** The running totals behind {@link DiskCounters}. Guarded by the {@link Volume} that owns it. */
final class CallCounts {
    private final Map<DiskCall, Long> calls = new EnumMap<>(DiskCall.class);
    private long bytesRead;
    private long bytesWritten;

    void called(DiskCall call) {
        calls.merge(call, 1L, Long::sum);
    }

    void read(int bytes) {
        bytesRead += bytes;
    }

    void wrote(int bytes) {
        bytesWritten += bytes;
    }

    DiskCounters snapshot() {
        return new DiskCounters(
                calls.getOrDefault(DiskCall.READ, 0L),
                calls.getOrDefault(DiskCall.WRITE, 0L),
                calls.getOrDefault(DiskCall.SYNC, 0L),
                calls.getOrDefault(DiskCall.DIRECTORY_SYNC, 0L),
                calls.getOrDefault(DiskCall.METADATA, 0L),
                bytesRead,
                bytesWritten);
    }
}
