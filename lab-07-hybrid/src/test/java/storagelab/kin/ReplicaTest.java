package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.LogTruncatedException;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Seeds;

class ReplicaTest {
    private static final String SUM = "sum";

    /** Moves an amount from one of four accounts to another; the sum of all is 0 after each batch. */
    private static WriteBatch transfer(Random random, Map<String, String> balances) {
        WriteBatch batch = new WriteBatch();
        int amount = 1 + random.nextInt(9);
        String from = "a" + random.nextInt(4);
        String to = "b" + random.nextInt(4);
        balances.merge(from, Integer.toString(-amount), ReplicaTest::sum);
        balances.merge(to, Integer.toString(amount), ReplicaTest::sum);
        balances.merge(SUM, "1", ReplicaTest::sum);
        for (String key : List.of(from, to, SUM)) {
            batch.put(Slice.utf8(key), Slice.utf8(balances.getOrDefault(key, "")));
        }
        return batch;
    }

    private static String sum(String a, String b) {
        return Integer.toString(Integer.parseInt(a) + Integer.parseInt(b));
    }

    private static Map<String, String> content(Replica replica) {
        Map<String, String> content = new TreeMap<>();
        try (Snapshot now = replica.snapshot();
                Cursor cursor = now.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                content.put(cursor.key().toUtf8(), cursor.value().toUtf8());
            }
        }
        return content;
    }

    @Test
    @DisplayName("a copy on another engine, opened again and again, has what its source has, in the same sequences")
    void follows() {
        Seeds.check(1, random -> {
            Path root = CrashDisk.create().root();
            Map<String, String> balances = new TreeMap<>();
            try (CrashSafeStore source = KinStores.btree(root.resolve("source"))) {
                for (int session = 0; session < 4; session++) {
                    try (CrashSafeStore copy = KinStores.lsm(root.resolve("copy"));
                            Replica replica = new Replica(source, copy)) {
                        for (int i = 0; i < 10; i++) {
                            source.write(transfer(random, balances), Durability.SYNCED);
                            if (random.nextInt(3) == 0) {
                                assertThat("operations", replica.catchUp(), is(greaterThan(0L)));
                                assertThat(content(replica), is(balances));
                                assertThat(replica.lag(), is(0L));
                                assertThat(copy.lastSequence(), is(source.lastSequence()));
                            }
                        }
                        long unused = replica.catchUp();
                        assertThat("nothing is new", replica.catchUp(), is(0L));
                    }
                }
            }
        });
    }

    @Test
    @DisplayName("what is not on the source's disk does not reach the copy, and a transaction does as a whole")
    void durableOnly() {
        Path root = CrashDisk.create().root();
        try (CrashSafeStore source = KinStores.btree(root.resolve("source"));
                CrashSafeStore copy = KinStores.btree(root.resolve("copy"));
                Replica replica = new Replica(source, copy)) {
            try (Transaction transaction = source.begin(Isolation.SNAPSHOT)) {
                transaction.put(Slice.utf8("x"), Slice.utf8("1"));
                transaction.put(Slice.utf8("y"), Slice.utf8("2"));
                transaction.commit(Durability.BUFFERED);
            }
            assertThat("while it is BUFFERED", replica.catchUp(), is(0L));
            assertThat(replica.lag(), is(2L));
            source.write(new WriteBatch().delete(Slice.utf8("x")), Durability.SYNCED);
            assertThat(replica.catchUp(), is(3L));
            assertThat(replica.get(Slice.utf8("x")), is(Optional.empty()));
            assertThat(replica.get(Slice.utf8("y")), is(Optional.of(Slice.utf8("2"))));
            copy.put(Slice.utf8("z"), Slice.utf8("written to the copy"));
            source.write(new WriteBatch().delete(Slice.utf8("y")), Durability.SYNCED);
            assertThrows(IllegalStateException.class, replica::catchUp);
        }
    }

    @Test
    @DisplayName("a copy that was away for too long is told so, and begins again from a backup")
    void tooFarBehind() {
        Seeds.check(1, random -> {
            Path root = CrashDisk.create().root();
            Map<String, String> balances = new TreeMap<>();
            try (CrashSafeStore source = KinStores.btree(root.resolve("source"))) {
                for (int i = 0; i < 200; i++) {
                    source.write(transfer(random, balances), Durability.SYNCED);
                }
                source.checkpoint();
                try (CrashSafeStore copy = KinStores.btree(root.resolve("copy"));
                        Replica replica = new Replica(source, copy)) {
                    assertThrows(LogTruncatedException.class, replica::catchUp);
                }
                long sequence = source.backup(root.resolve("seed"));
                source.write(transfer(random, balances), Durability.SYNCED);
                try (CrashSafeStore copy = KinStores.btree(root.resolve("seed"));
                        Replica replica = new Replica(source, copy)) {
                    assertThat(copy.lastSequence(), is(sequence));
                    assertThat(replica.catchUp(), is(3L));
                    assertThat(content(replica), is(balances));
                    copy.put(Slice.utf8("ahead"), Slice.EMPTY);
                    assertThrows(IllegalArgumentException.class, () -> new Replica(source, copy));
                }
            }
        });
    }

    @Test
    @DisplayName("whenever the power of both is cut, the copy has a state of the source, and catches up")
    void everyCrash() {
        Seeds.check(1, random -> {
            List<Map<String, String>> states = new ArrayList<>();
            states.add(Map.of());
            long seed = random.nextLong();
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withStride(3),
                    disk -> {
                        Random transfers = new Random(seed);
                        Map<String, String> balances = new TreeMap<>();
                        try (CrashSafeStore source = KinStores.btree(disk.root().resolve("source"));
                                CrashSafeStore copy = KinStores.lsm(disk.root().resolve("copy"));
                                Replica replica = new Replica(source, copy)) {
                            for (int i = 0; i < 12; i++) {
                                WriteBatch batch = transfer(transfers, balances);
                                states.add(new TreeMap<>(balances));
                                source.write(batch, i % 3 == 2 ? Durability.SYNCED : Durability.BUFFERED);
                                disk.ack(i);
                                long unused = replica.catchUp();
                            }
                        }
                    },
                    crash -> {
                        try (CrashSafeStore source =
                                        KinStores.btree(crash.root().resolve("source"));
                                CrashSafeStore copy = KinStores.lsm(crash.root().resolve("copy"));
                                Replica replica = new Replica(source, copy)) {
                            crash.recovered();
                            assertThat("a state of the source", content(replica), is(in(states)));
                            source.write(new WriteBatch().put(Slice.utf8("after"), Slice.EMPTY), Durability.SYNCED);
                            assertThat("operations", replica.catchUp(), is(greaterThan(0L)));
                            assertThat(copy.lastSequence(), is(source.lastSequence()));
                            try (Replica same = new Replica(source, source)) {
                                assertThat(content(replica), is(content(same)));
                            }
                        }
                    });
            assertThat("crashes tried", report.images(), is(greaterThan(50L)));
        });
    }
}
