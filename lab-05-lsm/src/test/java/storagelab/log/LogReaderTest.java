package storagelab.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.lsm.LogBytes.BLOCK;
import static storagelab.testkit.lsm.LogBytes.chunk;
import static storagelab.testkit.lsm.LogBytes.read;
import static storagelab.testkit.lsm.LogBytes.record;
import static storagelab.testkit.lsm.LogBytes.records;
import static storagelab.testkit.lsm.LogBytes.written;

import com.google.common.primitives.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.LogBytes;

@Tag("5.3")
class LogReaderTest {
    private static void assertWhole(List<Slice> records, byte[] log) {
        LogBytes.Found found = read(log);
        assertThat("damage", found.damages(), is(empty()));
        assertThat("records", found.records(), is(records));
    }

    @Test
    @DisplayName("a log that was made by hand: one record in one chunk, one in three")
    void byHand() {
        byte[] first = new byte[BLOCK - 12 - 7];
        byte[] log = Bytes.concat(
                chunk(1, "hello".getBytes(UTF_8)), chunk(2, first), chunk(3, new byte[BLOCK - 7]), chunk(4, new byte[] {
                    1
                }));
        byte[] second = new byte[first.length + BLOCK - 7 + 1];
        second[second.length - 1] = 1;
        assertWhole(List.of(Slice.utf8("hello"), Slice.wrap(second)), log);
    }

    @Test
    @DisplayName("records of all lengths come back, also when the log goes on after it was closed")
    void roundTrip() {
        Seeds.check(10, random -> {
            List<Slice> records = records(random);
            assertWhole(records, written(records));
        });
    }

    @Test
    @DisplayName("a log that ends anywhere has the records before, and that is no damage")
    void torn() {
        List<Slice> records = List.of(record(10, 1), record(40_000, 2), record(0, 3), record(300, 4));
        byte[] log = written(records);
        Seeds.check(300, random -> {
            int length = random.nextInt(log.length + 1);
            LogBytes.Found found = read(Arrays.copyOf(log, length));
            int count = found.records().size();
            assertThat("records", found.records(), is(records.subList(0, count)));
            assertThat("is the whole log whole", length < log.length || count == 4, is(true));
            assertThat("damage in a log that ends after " + length, found.damages(), is(empty()));
        });
    }

    @Test
    @DisplayName("space that was made ready and not written to is the end")
    void zeros() {
        List<Slice> records = List.of(record(10, 1), record(200, 2));
        byte[] log = written(records);
        assertWhole(records, Arrays.copyOf(log, log.length + 3000));
        assertWhole(records, Arrays.copyOf(log, 2 * BLOCK));
    }

    @Test
    @DisplayName("zeros that something follows are damage: something was there")
    void zerosInTheMiddle() {
        byte[] log =
                Bytes.concat(Arrays.copyOf(written(List.of(record(10, 1))), BLOCK), written(List.of(record(20, 2))));
        LogBytes.Found found = read(log);
        assertThat("records", found.records(), is(List.of(record(10, 1), record(20, 2))));
        assertThat("how often damage was reported", found.damages().size(), is(1));
        assertThat("where it begins", found.damages().get(0).offset(), is(17L));
        assertThat("its bytes", found.damages().get(0).bytes(), is(BLOCK - 17L));
    }

    @Test
    @DisplayName("the worked example: after damage reading goes on in the next block, and what was dropped is reported")
    void resynchronises() {
        List<Slice> records =
                new ArrayList<>(List.of(record(BLOCK - 7, 1), record(BLOCK - 7, 2), record(BLOCK - 7, 3)));
        byte[] log = written(records);
        log[33_000] ^= 16;
        LogBytes.Found found = read(log);
        records.remove(1);
        assertThat("records", found.records(), is(records));
        assertThat("how often damage was reported", found.damages().size(), is(1));
        assertThat("where it begins", found.damages().get(0).offset(), is(32_768L));
        assertThat("its bytes", found.damages().get(0).bytes(), is(32_768L));
        LogBytes.Found torn = read(Arrays.copyOf(log, 33_100));
        assertThat("records of the file that ends early", torn.records(), is(records.subList(0, 1)));
        assertThat("damage in the file that ends early", torn.damages(), is(empty()));
    }

    @Test
    @DisplayName("a record of which a part is damaged is dropped whole, from its first chunk to its last")
    void severalChunks() {
        List<Slice> records = List.of(record(10, 1), record(3 * BLOCK, 2), record(20, 3));
        byte[] log = written(records);
        log[BLOCK + 100] ^= 1;
        LogBytes.Found found = read(log);
        assertThat("records", found.records(), is(List.of(records.get(0), records.get(2))));
        List<String> dropped = found.damages().stream()
                .map(damage -> damage.offset() + " to " + (damage.offset() + damage.bytes()))
                .toList();
        int last = 3 * BLOCK + 7 + 3 * BLOCK - (BLOCK - 17 - 7) - 2 * (BLOCK - 7);
        assertThat(dropped, is(List.of("17 to 32768", "32768 to 65536", "65536 to 98304", "98304 to " + last)));
    }

    @Test
    @DisplayName("a flipped bit never makes a record that was not written; what is missing is reported, but at the end")
    void flippedBits() {
        Seeds.check(40, random -> {
            List<Slice> records = records(random);
            byte[] log = written(records);
            int at = random.nextInt(log.length);
            log[at] ^= (byte) (1 << random.nextInt(8));
            LogBytes.Found found = read(log);
            assertThat("were all of them written", records.containsAll(found.records()), is(true));
            boolean inLastBlock = at / BLOCK == (log.length - 1) / BLOCK;
            boolean said = found.records().equals(records) || !found.damages().isEmpty() || inLastBlock;
            assertThat("is a record missing, and no word about it? flipped at " + at, !said, is(false));
        });
    }
}
