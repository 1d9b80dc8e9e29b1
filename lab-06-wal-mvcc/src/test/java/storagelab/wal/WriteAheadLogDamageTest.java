package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Seeds;
import storagelab.testkit.wal.History;

@Tag("6.1")
class WriteAheadLogDamageTest {
    /** The disk keeps every write, and the tests of a lab have a few hundred megabytes: the audit's long run tries more. */
    private static final int DAMAGES = 300;

    @Test
    @DisplayName("whatever is damaged, reading gives an error or a prefix, and never a batch that was not written")
    void errorOrPrefix() {
        Seeds.check(1, random -> {
            Path root = CrashDisk.create().root();
            long written;
            try (WriteAheadLog log =
                    WriteAheadLog.create(root, 0, new WalOptions(40_000, SegmentAccess.CHANNEL), new StatsRecorder())) {
                for (int i = 0; i < 600; i++) {
                    History.append(log);
                    if (random.nextInt(5) == 0) {
                        log.sync();
                    }
                }
                written = log.lastSequence();
            }
            LogDamage damage = new LogDamage(root);
            int refused = 0;
            int whole = 0;
            for (int i = 0; i < DAMAGES; i++) {
                String what = damage.damage(random);
                try {
                    List<BatchRecord> batches = History.read(root, 0);
                    long last = History.assertFollows(0, batches);
                    assertThat(what, last <= written, is(true));
                    whole += last == written ? 1 : 0;
                } catch (CorruptionException e) {
                    refused++;
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(what, e);
                }
                damage.mend();
            }
            assertThat("refused", refused, is(greaterThan(DAMAGES / 2)));
            assertThat("read whole, since the damage was after the end", whole, is(greaterThan(0)));
        });
    }
}
