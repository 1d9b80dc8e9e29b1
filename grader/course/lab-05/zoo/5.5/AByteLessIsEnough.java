// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: a block is stored compressed whenever that is a byte less
public final class TableBuilder {
    private BlockHandle writeCompressed(BlockBuilder block) {
        Slice raw = block.finish();
        Slice compressed = options.compression().compress(raw);
        return compressed.length() < raw.length()
                ? write(compressed, options.compression())
                : write(raw, Compression.NONE);
    }
}
