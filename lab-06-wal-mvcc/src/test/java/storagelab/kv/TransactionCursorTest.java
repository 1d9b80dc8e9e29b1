package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.recovery.SmallStores;

/** Cursors of transactions, with bounds and prefixes, forward and backward, over the store and the transaction's own writes. */
class TransactionCursorTest {
    private static final String LETTERS = "ab\u00ff"; // the last one is two bytes above 0x7f

    private static Slice randomKey(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return Slice.utf8(key.toString());
    }

    private static KeyRange randomRange(Random random) {
        Slice one = randomKey(random);
        Slice other = randomKey(random);
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.prefix(one);
            case 1 -> KeyRange.from(one);
            case 2 -> KeyRange.all();
            default -> one.compareTo(other) <= 0 ? KeyRange.of(one, other) : KeyRange.of(other, one);
        };
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "random transactions: every move of a cursor shows what a sorted map of the moment with the own writes shows")
    void model(EngineKind engine) {
        Seeds.check(6, random -> {
            try (CrashSafeStore store = CrashSafeStore.open(CrashDisk.create().root(), SmallStores.options(engine))) {
                NavigableMap<Slice, Slice> committed = new TreeMap<>();
                for (int round = 0; round < 12; round++) {
                    transaction(store, committed, random);
                }
            }
        });
    }

    private static void transaction(CrashSafeStore store, NavigableMap<Slice, Slice> committed, Random random) {
        Isolation level = Isolation.values()[random.nextInt(2)];
        NavigableMap<Slice, Slice> seen = new TreeMap<>(committed);
        try (Transaction transaction = store.begin(level)) {
            for (int step = 0; step < 25; step++) {
                Slice key = randomKey(random);
                if (random.nextInt(3) == 0) {
                    transaction.delete(key);
                    seen.remove(key);
                } else {
                    transaction.put(key, Slice.utf8("" + step));
                    seen.put(key, Slice.utf8("" + step));
                }
                if (step % 3 == 0) {
                    store.put(Slice.utf8("z" + random.nextInt(5)), Slice.utf8("not seen")); // by another caller
                    walk(transaction, seen, random);
                }
            }
            transaction.commit();
        }
        committed.clear();
        try (Cursor all = store.cursor(KeyRange.all())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                committed.put(all.key(), all.value());
            }
        }
    }

    private static void walk(Transaction transaction, NavigableMap<Slice, Slice> seen, Random random) {
        KeyRange range = randomRange(random);
        NavigableMap<Slice, Slice> part = new TreeMap<>();
        seen.forEach((key, value) -> {
            if (range.contains(key)) {
                part.put(key, value);
            }
        });
        try (Cursor cursor = transaction.cursor(range)) {
            Slice at = null;
            for (int move = 0; move < 25; move++) {
                at = moved(cursor, part, at, random);
                String where = range + ", move " + move;
                assertThat(where, cursor.isValid(), is(at != null));
                if (at != null) {
                    assertThat(where, cursor.key(), is(at));
                    assertThat(where, cursor.value(), is(part.get(at)));
                }
            }
        }
    }

    /** Moves the cursor, and returns at which key it has to be. */
    private static @Nullable Slice moved(
            Cursor cursor, NavigableMap<Slice, Slice> part, @Nullable Slice at, Random random) {
        int kind = random.nextInt(at == null ? 4 : 10);
        Slice key = randomKey(random);
        switch (kind) {
            case 0 -> {
                cursor.seekToFirst();
                return part.isEmpty() ? null : part.firstKey();
            }
            case 1 -> {
                cursor.seekToLast();
                return part.isEmpty() ? null : part.lastKey();
            }
            case 2 -> {
                cursor.seek(key);
                return part.ceilingKey(key);
            }
            case 3 -> {
                cursor.seekBefore(key);
                return part.lowerKey(key);
            }
            default -> {
                if (kind < 7) {
                    cursor.next();
                    return at == null ? null : part.higherKey(at);
                }
                cursor.prev();
                return at == null ? null : part.lowerKey(at);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a prefix of nothing but 0xff bytes has no upper end, and one that ends with them ends at the next byte")
    void prefixes(EngineKind engine) {
        try (CrashSafeStore store = CrashSafeStore.open(CrashDisk.create().root(), SmallStores.options(engine));
                Transaction transaction = store.begin(Isolation.SERIALIZABLE)) {
            Slice high = Slice.copyOf((byte) 0xff, (byte) 0xff);
            Slice middle = Slice.copyOf((byte) 'a', (byte) 0xff);
            transaction.put(high, Slice.utf8("1"));
            transaction.put(middle, Slice.utf8("2"));
            transaction.put(Slice.utf8("b"), Slice.utf8("3"));
            assertThat(values(transaction, KeyRange.prefix(Slice.copyOf((byte) 0xff))), contains("1"));
            assertThat(values(transaction, KeyRange.prefix(middle)), contains("2"));
            assertThat(values(transaction, KeyRange.prefix(Slice.EMPTY)), contains("2", "3", "1"));
        }
    }

    private static List<String> values(Transaction transaction, KeyRange range) {
        List<String> values = new ArrayList<>();
        try (Cursor cursor = transaction.cursor(range)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                values.add(cursor.value().toString());
            }
        }
        return values;
    }
}
