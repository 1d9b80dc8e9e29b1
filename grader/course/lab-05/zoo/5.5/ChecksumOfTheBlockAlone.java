// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: the checksum is of the block alone: the byte that says how it is stored may turn over unseen
public final class TableBuilder {
    private BlockHandle write(Slice block, Compression compression) {
        BlockHandle handle = new BlockHandle(sizeBytes(), block.length());
        int from = buffer.size();
        buffer.putBytes(block);
        int crc = buffer.crc32c(from, buffer.size());
        buffer.putByte(compression.code()).putFixed32(Crc32c.mask(crc));
        if (buffer.size() >= BUFFER_BYTES) {
            flush();
        }
        return handle;
    }
}
