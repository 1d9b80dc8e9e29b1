package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import storagelab.file.StatsRecorder;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.TableSource;

/** Counts the reads of a file. For one thread. */
final class CountedSource implements TableSource {
    private final ChannelSource source;
    private int reads;

    CountedSource(Path path) {
        this.source = new ChannelSource(path, new StatsRecorder());
    }

    int reads() {
        return reads;
    }

    @Override
    public Path path() {
        return source.path();
    }

    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    @Override
    public byte[] read(long offset, int length) {
        reads++;
        return source.read(offset, length);
    }

    @Override
    public void close() {
        source.close();
    }
}
