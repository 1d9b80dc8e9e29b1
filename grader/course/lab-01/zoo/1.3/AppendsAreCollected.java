// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: frames are collected in memory until a sync writes them, and a killed process loses them
public final class RecordLog implements Closeable {
    private final ByteWriter collected = new ByteWriter(64);

    public long append(Slice payload) {
        checkUsable();
        int start = collected.size();
        collected.putFixed32(0)
                .putFixed32(payload.length())
                .putFixed64(durableBytes)
                .putBytes(payload);
        collected.putFixed32At(start, collected.crc32c(start + RecordLogLayout.LENGTH_OFFSET, collected.size()));
        return file.sizeBytes() + start;
    }

    public void sync() {
        checkUsable();
        try {
            file.append(collected.toSlice());
            collected.clear();
            file.sync();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        durableBytes = file.sizeBytes();
    }

    public long sizeBytes() {
        return file.sizeBytes() + collected.size();
    }
}
