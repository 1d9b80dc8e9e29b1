package storagelab.compaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.manifest.FileMetadata;
import storagelab.sstable.InternalKey;
import storagelab.sstable.TableOptions;

class TableOutputTest {
    @Test
    @DisplayName("an output that is paced tells of each byte of its tables once, in pieces of some 64 KiB")
    void paced() {
        List<Integer> pieces = new ArrayList<>();
        AtomicLong numbers = new AtomicLong(200);
        TableOutput output = new TableOutput(
                        CrashDisk.create().root(),
                        TableOptions.defaults().withBlockBytes(200),
                        new StatsRecorder(),
                        numbers::getAndIncrement)
                .pacedBy(pieces::add);
        for (int i = 0; i < 10_000; i++) {
            output.add(
                    InternalKey.of(Slice.utf8("key%05d".formatted(i)), 7, ValueKind.VALUE), Slice.utf8("v".repeat(20)));
            if (i == 6000) {
                output.cut();
            }
        }
        List<FileMetadata> tables = output.finish();
        assertEquals(
                List.of(200L, 201L), tables.stream().map(FileMetadata::number).toList(), "numbers of tables");
        long bytes = tables.stream().mapToLong(FileMetadata::sizeBytes).sum();
        assertEquals(bytes, pieces.stream().mapToLong(Integer::longValue).sum());
        assertThat("pieces", pieces.size(), greaterThan(4));
        pieces.forEach(piece -> assertThat(piece, lessThan(70_000)));
    }
}
