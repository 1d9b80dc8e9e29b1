package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Random;
import storagelab.grader.bench.worker.Workload;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCache;
import storagelab.sstable.BlockCache.Slots;

/**
 * A cache of 4 MiB for eight tables of 250 blocks, twice as many as fit. Fifteen questions in sixteen are about 500
 * blocks that everybody wants, one is about any block. What is not there is put.
 */
public final class CacheWork implements Workload {
    private static final int TABLES = 8;
    private static final int BLOCKS = 250;
    private static final int HOT_BLOCKS = 62; // of each table
    private static final int KINDS = 97; // of sizes
    private static final int QUESTIONS = 1 << 14;

    private final BlockCache cache = new BlockCache(4 << 20);
    private final Slots[] tables = new Slots[TABLES];
    private final Block[] blocks = new Block[KINDS];
    private final int[] numbers = new int[QUESTIONS];

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < TABLES; i++) {
            tables[i] = cache.slots(BLOCKS);
        }
        for (int i = 0; i < KINDS; i++) {
            blocks[i] = CacheBlocks.block(i);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            numbers[i] = random.nextInt(i % 16 == 0 ? BLOCKS : HOT_BLOCKS);
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        int number = numbers[question];
        Slots table = tables[question % TABLES];
        Block block = table.get(number);
        if (block == null) {
            block = blocks[number % KINDS];
            table.put(number, block);
        }
        return block.sizeBytes();
    }

    @Override
    public long expected(int question) {
        return CacheBlocks.BYTES + numbers[question] % KINDS;
    }

    @Override
    public String describe(int question) {
        return "the size of block " + numbers[question] + " of table " + question % TABLES;
    }

    @Override
    public void close() {
        for (Slots table : tables) {
            table.close();
        }
    }
}
