package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCursor;
import storagelab.sstable.InternalKey;
import storagelab.api.ValueKind;

/**
 * 64 blocks of 35 entries, as many as 4 KiB have. Three questions in four look for a key that is there; of these, one
 * then steps back and one steps on. The fourth looks for a key that is not there.
 */
public final class BlockWork implements Workload {
    private static final int BLOCKS = 64;
    private static final int ENTRIES = 35;
    private static final int QUESTIONS = 4_096;
    private static final int KINDS = 4;
    private static final int FOUND = 0;
    private static final int BEFORE = 1;
    private static final int BEHIND = 2;
    private static final long NOTHING = -1;
    private static final long ABSENT = 1L << 40;

    private final Block[] blocks = new Block[BLOCKS];
    private final Block[] asked = new Block[QUESTIONS];
    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];

    @Override
    public void prepare(Path directory, Random random) {
        OrderBlock[] made = new OrderBlock[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            made[i] = OrderBlock.of((long) i * ENTRIES, ENTRIES, 16);
            blocks[i] = made[i].open();
        }
        for (int question = 0; question < QUESTIONS; question++) {
            int number = random.nextInt(BLOCKS);
            int index = random.nextInt(ENTRIES);
            int kind = question % KINDS;
            asked[question] = blocks[number];
            Orders.Numbered[] orders = made[number].orders();
            keys[question] = kind < 3 ? orders[index].key() : Orders.key(ABSENT + random.nextInt(1 << 30));
            int wanted = kind == BEFORE ? index - 1 : kind == BEHIND ? index + 1 : index;
            answers[question] = kind < 3 && wanted >= 0 && wanted < ENTRIES ? orders[wanted].number() : NOTHING;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        BlockCursor cursor = asked[question].cursor();
        cursor.seek(keys[question], InternalKey.tag(InternalKey.MAX_SEQUENCE, ValueKind.VALUE));
        switch (question % KINDS) {
            case FOUND -> {}
            case BEFORE -> cursor.prev();
            case BEHIND -> cursor.next();
            default -> {
                return cursor.isValid() && cursor.isAt(keys[question]) ? Orders.number(cursor.value()) : NOTHING;
            }
        }
        return cursor.isValid() ? Orders.number(cursor.value()) : NOTHING;
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        String entry = switch (question % KINDS) {
            case FOUND -> "the entry of the key ";
            case BEFORE -> "the entry before the key ";
            case BEHIND -> "the entry behind the key ";
            default -> "the entry, -1 for none, of the key ";
        };
        return entry + keys[question] + " in a block of 35, by the number in its value,";
    }

    @Override
    public void close() {}
}
