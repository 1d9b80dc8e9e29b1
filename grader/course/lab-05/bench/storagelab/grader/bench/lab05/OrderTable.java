package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import storagelab.bloom.BloomFilter;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.sstable.InternalKey;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;
import storagelab.api.ValueKind;

/** A table of orders, with filters of ten bits a key. */
final class OrderTable {
    static final BloomFilter FILTER = new BloomFilter(10);

    private OrderTable() {}

    /** Writes a table of {@code orders}, which all have sequence 1, and gives its length. */
    static long build(Path path, Orders.Numbered[] orders) {
        try (StoreFile file = StoreFile.create(path, new StatsRecorder())) {
            TableBuilder builder =
                    new TableBuilder(file, TableOptions.defaults().withFilter(FILTER));
            for (Orders.Numbered order : orders) {
                builder.add(InternalKey.of(order.key(), 1, ValueKind.VALUE), Orders.value(order.number()));
            }
            return builder.finish().sizeBytes();
        }
    }
}
