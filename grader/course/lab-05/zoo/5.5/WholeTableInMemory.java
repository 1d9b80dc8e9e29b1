// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: the whole table is kept in memory and written at the end
public final class TableBuilder {
    private BlockHandle write(Slice block, Compression compression) {
        BlockHandle handle = new BlockHandle(sizeBytes(), block.length());
        int from = buffer.size();
        buffer.putBytes(block).putByte(compression.code());
        buffer.putFixed32(Crc32c.mask(buffer.crc32c(from, buffer.size())));
        return handle;
    }
}
