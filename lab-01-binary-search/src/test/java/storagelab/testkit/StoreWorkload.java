package storagelab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.CursorMove.Kind;
import storagelab.testkit.StoreOperation.AskSnapshot;
import storagelab.testkit.StoreOperation.Batch;
import storagelab.testkit.StoreOperation.Delete;
import storagelab.testkit.StoreOperation.Get;
import storagelab.testkit.StoreOperation.MoveCursor;
import storagelab.testkit.StoreOperation.OpenCursor;
import storagelab.testkit.StoreOperation.OpenSnapshotCursor;
import storagelab.testkit.StoreOperation.Put;
import storagelab.testkit.StoreOperation.TakeSnapshot;
import storagelab.testkit.StoreOperation.Upkeep;
import storagelab.testkit.StoreOperation.Write;

/**
 * Random steps for a model test. There are few keys, so that steps meet: a key is written, flushed, deleted, compacted
 * and written again within one run. The keys include the awkward ones, and each value written is a new one.
 */
final class StoreWorkload {
    private static final List<Slice> AWKWARD_KEYS = List.of(
            Slice.EMPTY,
            Slice.copyOf((byte) 0),
            Slice.copyOf((byte) 0x7f),
            Slice.copyOf((byte) 0x80),
            Slice.copyOf((byte) 0xff, (byte) 0xff),
            Slice.utf8("k1\n|"));
    private static final int LONG_VALUE_BYTES_MAX = 3000;

    private final Random random;
    private final Set<Upkeep> abilities;
    private final List<Slice> keys;
    private final int cursorCount;
    private final int snapshotCount;
    private int valuesMade;

    /**
     * Steps of which {@code size} says how many keys they use, and how many cursors and snapshots are open at a time: none
     * for a store that has none.
     */
    StoreWorkload(long seed, StoreModel.Size size, Set<Upkeep> abilities) {
        this.random = new Random(seed);
        this.abilities = abilities;
        this.cursorCount = size.cursors();
        this.snapshotCount = size.snapshots();
        this.keys = new ArrayList<>(AWKWARD_KEYS);
        for (int i = 0; i < size.keys(); i++) {
            keys.add(Slice.utf8("k" + i));
        }
    }

    List<StoreOperation> operations(int count) {
        List<StoreOperation> operations = new ArrayList<>(count);
        while (operations.size() < count) {
            operations.add(next());
        }
        return operations;
    }

    private StoreOperation next() {
        if (cursorCount > 0 && random.nextInt(3) == 0) {
            return cursorStep();
        }
        if (snapshotCount > 0 && random.nextInt(5) == 0) {
            return snapshotStep();
        }
        int dice = random.nextInt(100);
        if (dice < 55) {
            return write();
        }
        if (dice < 65) {
            return batch();
        }
        if (dice < 85) {
            return new Get(key());
        }
        Upkeep upkeep = dice < 93 ? Upkeep.FLUSH : dice < 96 ? Upkeep.COMPACT : Upkeep.REOPEN;
        return abilities.contains(upkeep) ? upkeep : write();
    }

    private StoreOperation cursorStep() {
        int cursor = random.nextInt(cursorCount);
        int dice = random.nextInt(20);
        if (dice < 3) {
            return new OpenCursor(cursor, range());
        }
        if (dice < 14) {
            return new MoveCursor(cursor, CursorMove.of(dice < 10 ? Kind.NEXT : Kind.PREV));
        }
        Kind kind = Kind.values()[dice % 4];
        return new MoveCursor(cursor, kind.hasKey() ? new CursorMove(kind, key()) : CursorMove.of(kind));
    }

    private StoreOperation snapshotStep() {
        int snapshot = random.nextInt(snapshotCount);
        int dice = random.nextInt(10);
        if (dice < 2) {
            return new TakeSnapshot(snapshot);
        }
        return dice < 5 && cursorCount > 0
                ? new OpenSnapshotCursor(snapshot, random.nextInt(cursorCount), range())
                : new AskSnapshot(snapshot, key());
    }

    private KeyRange range() {
        Slice one = key();
        Slice other = key();
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.all();
            case 1 -> KeyRange.from(one);
            default -> one.compareTo(other) <= 0 ? KeyRange.of(one, other) : KeyRange.of(other, one);
        };
    }

    private Write write() {
        return random.nextInt(4) == 0 ? new Delete(key()) : new Put(key(), value());
    }

    private Batch batch() {
        List<Write> writes = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            writes.add(write());
        }
        return new Batch(writes);
    }

    private Slice key() {
        return keys.get(random.nextInt(keys.size()));
    }

    private Slice value() {
        int kind = random.nextInt(12);
        Slice fresh = Slice.utf8("v" + valuesMade++);
        if (kind == 0) {
            return Slice.EMPTY;
        }
        return kind == 1 ? TraceText.repeat(fresh, 1 + random.nextInt(LONG_VALUE_BYTES_MAX)) : fresh;
    }
}
