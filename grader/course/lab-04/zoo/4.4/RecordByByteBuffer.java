// exercise: 4.4
// type: storagelab.page.MetaPage
// verdict: accepted
// because: the record by a ByteBuffer, a field after the other
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public record MetaPage() {
    public byte[] encode() {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(pageSizeBytes).putLong(checkpoint).putLong(version);
        record.putInt(rootPage).putInt(pageCount).putInt(freeListPage).putInt(depth).putLong(entries);
        record.putInt(Crc32c.of(record.array(), 0, record.position())).putLong(logPosition);
        record.putInt(Crc32c.of(record.array(), 0, record.position()));
        return record.array();
    }

    public static Optional<MetaPage> decode(byte[] bytes, int offset) {
        int format = formatVersion(bytes, offset).orElse(-1);
        if (format != 1 && format != FORMAT_VERSION) {
            return Optional.empty();
        }
        ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(offset + 12);
        int size = record.getInt();
        long checkpoint = record.getLong();
        long version = record.getLong();
        int root = record.getInt();
        int pages = record.getInt();
        int freeList = record.getInt();
        int depth = record.getInt();
        long entries = record.getLong();
        long position = 0;
        if (format == FORMAT_VERSION) {
            if (record.remaining() < 16 || record.getInt(offset + 68) != Crc32c.of(bytes, offset, 68)) {
                return Optional.empty();
            }
            position = record.getLong(offset + 60);
        }
        try {
            return Optional.of(new MetaPage(size, checkpoint, version, root, pages, freeList, entries, depth, position));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
