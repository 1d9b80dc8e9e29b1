// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: accepted
// because: the index kept as a list of objects and written at the end has the same bytes as one that is encoded on the way
import java.util.ArrayList;
import java.util.List;

public final class SortedTableBuilder {
    private record Indexed(Slice firstKey, long offset, int sizeBytes) {}

    private final List<Indexed> index = new ArrayList<>();

    public TableInfo finish() {
        checkOpen();
        if (smallest == null) {
            throw new IllegalStateException("a table without entries: " + file.path());
        }
        finishBlock();
        long indexOffset = file.sizeBytes();
        ByteWriter tail = new ByteWriter(1024);
        tail.putVarint32(index.size());
        for (Indexed one : index) {
            tail.putLengthPrefixed(one.firstKey).putVarint64(one.offset).putVarint32(one.sizeBytes);
        }
        tail.putLengthPrefixed(largest);
        int indexSize = tail.size();
        tail.putFixed32(tail.crc32c(0, indexSize));
        file.append(tail.view());
        ByteWriter footer = new ByteWriter(SortedTableLayout.FOOTER_BYTES);
        footer.putFixed64(indexOffset).putFixed32(indexSize).putFixed64(entries).putFixed64(number);
        footer.putFixed32(SortedTableLayout.VERSION).putFixed64(SortedTableLayout.MAGIC);
        file.append(footer.view());
        file.sync();
        file.close();
        finished = true;
        return new TableInfo(number, entries, file.sizeBytes(), smallest, largest);
    }

    private void finishBlock() {
        index.add(new Indexed(firstKeyOfBlock, file.sizeBytes(), block.size()));
        block.putFixed32(block.crc32c(0, block.size()));
        file.append(block.view());
        block.clear();
    }
}
