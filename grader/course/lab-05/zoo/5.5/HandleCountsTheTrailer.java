// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: a handle counts the trailer as a part of its block
public final class TableBuilder {
    private BlockHandle write(Slice block, Compression compression) {
        BlockHandle handle = new BlockHandle(sizeBytes(), block.length() + BlockTrailer.BYTES);
        int from = buffer.size();
        buffer.putBytes(block).putByte(compression.code());
        buffer.putFixed32(Crc32c.mask(buffer.crc32c(from, buffer.size())));
        if (buffer.size() >= BUFFER_BYTES) {
            flush();
        }
        return handle;
    }
}
