package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.lab01.LogBytes.Frame;
import storagelab.sortedlog.RecordLog;
import storagelab.sortedlog.RecordLog.Replayed;
import storagelab.testkit.Seeds;

/** Exercise 1.3: a torn tail ends replay quietly, damage in the middle never does. */
@Tag("1.3")
class RecordLogDamageHiddenTest {
    private static final String NAME = "000007.log";

    private final Path file = CrashDisk.create().root().resolve(NAME);

    @Test
    @DisplayName("damage is found however far after it the frame is that proves it")
    void damageFarBeforeItsProof() {
        LogBytes log = new LogBytes();
        log.add(0, "damaged later");
        int durable = log.size();
        log.add(0, Slice.wrap(new byte[500_000]));
        log.add(durable, "proves that the first frame was on disk");
        Bytes.write(file, Bytes.flipped(log.toByteArray(), 8 * 20));
        assertThat(
                "the first frame changed, and the frame that says it was on disk is 500,000 bytes further on",
                () -> RecordLog.replay(file, record -> {}),
                findsDamageIn(String.valueOf(file.getFileName()), 0, 0));
    }

    @Test
    @DisplayName("a log that was never synced may end at any byte: replay returns the whole records before it")
    void tornAtEveryByte() {
        LogBytes log = new LogBytes();
        for (String payload : List.of("first", "2", "a third record that is longer than its header", "4th")) {
            log.add(0, payload);
        }
        byte[] whole = log.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            assertQuietEnd("cut after " + length + " of " + whole.length + " bytes", Bytes.resized(whole, length));
        }
    }

    @Test
    @DisplayName("a log with synced records may be torn at any byte behind them")
    void tornBehindSyncedRecords() {
        LogBytes log = new LogBytes();
        log.add(0, "on disk");
        long durable = log.size();
        log.add(durable, "written after the sync");
        log.add(durable, "written after the sync, too");
        byte[] whole = log.toByteArray();
        for (int length = (int) durable; length < whole.length; length++) {
            assertQuietEnd("cut after " + length + " of " + whole.length + " bytes", Bytes.resized(whole, length));
        }
    }

    @Test
    @DisplayName("a tail of zeros, as when the size reached the disk and the data did not, ends replay quietly")
    void zerosAtTheEnd() {
        LogBytes log = new LogBytes();
        log.add(0, "first");
        log.add(log.size(), "second");
        byte[] whole = log.toByteArray();
        for (int zeros = 1; zeros <= 600; zeros += zeros < 40 ? 1 : 61) {
            assertQuietEnd(zeros + " zeros at the end", Bytes.resized(whole, whole.length + zeros));
        }
    }

    @Test
    @DisplayName("a tail of nonsense ends replay quietly, whatever lengths it seems to name")
    void nonsenseAtTheEnd() {
        LogBytes log = new LogBytes();
        log.add(0, "first");
        log.add(log.size(), "second");
        byte[] whole = log.toByteArray();
        Seeds.check(100, random -> {
            byte[] tail = Bytes.random(random, 1 + random.nextInt(100)).toByteArray();
            assertQuietEnd("a tail of " + tail.length + " random bytes", Bytes.joined(whole, tail));
        });
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 16, 1 << 30}) {
            byte[] tail = new ByteWriter(16)
                    .putFixed32(0)
                    .putFixed32(length)
                    .putFixed64(0)
                    .toSlice()
                    .toByteArray();
            assertQuietEnd("a last frame that names " + length + " bytes", Bytes.joined(whole, tail));
        }
    }

    @Test
    @DisplayName("a record that a crash lost while a later, unsynced one survived is a torn tail, not damage")
    void unsyncedRecordsSurviveInAnyCombination() {
        LogBytes log = new LogBytes();
        log.add(0, "on disk");
        long durable = log.size();
        int lost = (int) log.add(durable, "lost by the crash");
        int survivor = (int) log.add(durable, "survived the crash");
        byte[] whole = log.toByteArray();
        for (int from = lost; from < survivor; from++) {
            byte[] crashed = whole.clone();
            Arrays.fill(crashed, from, survivor, (byte) 0);
            if (Arrays.equals(crashed, whole)) {
                continue;
            }
            assertQuietEnd("bytes " + from + " to " + survivor + " lost, never synced", crashed);
        }
    }

    @Test
    @DisplayName("a frame that names more durable bytes than are before it proves nothing")
    void impossibleDurable() {
        LogBytes log = new LogBytes();
        log.add(0, "first");
        int bad = (int) log.add(0, "second");
        log.add(1_000_000, "third");
        byte[] broken = Bytes.flipped(log.toByteArray(), 8 * bad + 3);
        assertQuietEnd("the second frame broken, and the third says that 1000000 bytes were on disk", broken);
    }

    @Test
    @DisplayName("every bit that changes in a synced record is found: CorruptionException with file and offset")
    void everyBitOfSyncedRecords() {
        LogBytes log = new LogBytes();
        log.add(0, "first");
        log.add(log.size(), "a second record");
        log.add(log.size(), "3");
        log.add(log.size(), "the record that says that all before it was on disk");
        byte[] whole = log.toByteArray();
        List<Frame> frames = LogBytes.frames(whole);
        for (int i = 0; i < frames.size() - 1; i++) {
            Frame frame = frames.get(i);
            for (int bit = 8 * (int) frame.offset(); bit < 8 * frame.end(); bit++) {
                Bytes.write(file, Bytes.flipped(whole, bit));
                List<Slice> seen = new ArrayList<>();
                assertThat(
                        "bit " + bit % 8 + " of byte " + bit / 8 + " turned over, in the synced frame at byte "
                                + frame.offset(),
                        () -> RecordLog.replay(file, seen::add),
                        findsDamageIn(NAME, frame.offset(), frame.offset()));
                assertEquals(i, seen.size(), "records before the damaged one that were handed over");
            }
        }
    }

    @Test
    @DisplayName("a damaged length does not hide the damage, whatever it is")
    void damagedLengths() {
        LogBytes log = new LogBytes();
        log.add(0, "first");
        int second = (int) log.add(log.size(), "second");
        int third = (int) log.add(log.size(), "third");
        log.add(log.size(), "fourth");
        int lengthOfTwo = third + "third".length() - second;
        for (int length :
                new int[] {0, 1, 5, 7, lengthOfTwo, 1000, 1 << 28, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            byte[] damaged = log.toByteArray();
            Slice.wrap(new ByteWriter(4).putFixed32(length).toSlice().toByteArray())
                    .copyTo(damaged, second + 4);
            Bytes.write(file, damaged);
            assertThat(
                    "the length in the synced frame at byte " + second + " changed from 6 to " + length,
                    () -> RecordLog.replay(file, record -> {}),
                    findsDamageIn(NAME, second, second));
        }
    }

    @Test
    @DisplayName("a damaged sector of zeros in the synced part is found, even when it takes several records")
    void zeroedSector() {
        LogBytes log = new LogBytes();
        for (int i = 0; i < 200; i++) {
            log.add(log.size(), "record number " + i);
        }
        byte[] whole = log.toByteArray();
        List<Frame> frames = LogBytes.frames(whole);
        for (int sector = 0; sector < whole.length / 512 - 1; sector++) {
            int from = sector * 512;
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, from, from + 512, (byte) 0);
            Bytes.write(file, damaged);
            Frame hit = frames.stream()
                    .filter(frame -> frame.end() > from)
                    .findFirst()
                    .orElseThrow();
            assertThat(
                    "bytes " + from + " to " + (from + 512) + " of a synced log overwritten with zeros",
                    () -> RecordLog.replay(file, record -> {}),
                    findsDamageIn(NAME, hit.offset(), from + 512));
        }
    }

    @Test
    @DisplayName("any byte changed in a log that was closed in peace is damage, up to its last record")
    void damageAfterClose() {
        Seeds.check(60, random -> {
            Path path = file.resolveSibling("closed-" + random.nextLong());
            try (RecordLog log = RecordLog.create(path, new StatsRecorder())) {
                for (int i = 0; i < 5; i++) {
                    log.append(Bytes.random(random, 1 + random.nextInt(50)));
                }
            }
            byte[] whole = Bytes.read(path);
            int bit = random.nextInt(8 * (whole.length - LogBytes.HEADER_BYTES));
            Bytes.write(path, Bytes.flipped(whole, bit));
            assertThat(
                    "bit " + bit + " of a closed log of " + whole.length + " bytes turned over",
                    () -> RecordLog.replay(path, record -> {}),
                    findsDamageIn(path.getFileName().toString()));
        });
    }

    /** Replays {@code log}, which must end quietly behind its last right frame. */
    private void assertQuietEnd(String input, byte[] log) {
        List<Frame> expected = LogBytes.rightFrames(log);
        long validBytes =
                expected.isEmpty() ? 0 : expected.get(expected.size() - 1).end();
        Bytes.write(file, log);
        List<Slice> seen = new ArrayList<>();
        Replayed replayed;
        try {
            replayed = RecordLog.replay(file, seen::add);
        } catch (CorruptionException e) {
            throw new AssertionError(
                    input + ": a torn tail is normal after a crash, but replay said: " + e.getMessage(), e);
        }
        assertEquals(expected.stream().map(Frame::payload).toList(), seen, input + ": records handed over");
        assertEquals(
                new Replayed(expected.size(), validBytes, log.length - validBytes),
                replayed,
                input + ": what replay says");
    }
}
