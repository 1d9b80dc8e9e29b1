package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.log.LogReader;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.LogBytes;

/** Exercise 5.3: logs with damage anywhere, and what is left of them. */
@Tag("5.3")
class LogDamageHiddenTest {
    private static final int BLOCK = LogBytes.BLOCK;

    private static void assertAsDefined(String what, byte[] log) {
        LogModel.Expected expected = LogModel.read(log);
        LogBytes.Found found = LogBytes.read(log);
        assertEquals(expected.dropped(), LogModel.dropped(found.damages()), "bytes reported of " + what);
        assertEquals(expected.records(), found.records(), "records of " + what);
    }

    @Test
    @DisplayName("any byte of a small log may change: the records before it are there, and none that nobody wrote")
    void everyByte() {
        List<Slice> records =
                List.of(LogBytes.record(30, 1), LogBytes.record(0, 2), LogBytes.record(90, 3), LogBytes.record(5, 4));
        byte[] whole = LogModel.append(new byte[0], records);
        int[] ends = {37, 44, 141, 153};
        for (int at = 0; at < whole.length; at++) {
            for (int bits : new int[] {1, 0x80, 0xff}) {
                byte[] log = whole.clone();
                log[at] ^= (byte) bits;
                String what = "a log of 153 bytes with byte " + at + " xor " + bits;
                assertAsDefined(what, log);
                int damaged = at;
                int before =
                        (int) Arrays.stream(ends).filter(end -> end <= damaged).count();
                assertEquals(records.subList(0, before), LogBytes.read(log).records(), "records of " + what);
            }
        }
    }

    @Test
    @DisplayName("damage anywhere in a block costs what lies behind it in that block, and records that reach into it")
    void everyBlock() {
        List<Slice> records = new ArrayList<>();
        int[] lengths = {100, 20_000, 9_000, 10_000, 30_000, 40_000, 70_000, 200, 3_000};
        for (int i = 0; i < lengths.length; i++) {
            records.add(LogBytes.record(lengths[i], i));
        }
        byte[] whole = LogModel.append(new byte[0], records);
        Set<Integer> places = new HashSet<>();
        for (int start = 0; start < whole.length; start += BLOCK) {
            for (int at = start; at < Math.min(whole.length, start + 8); at++) {
                places.add(at);
            }
            places.add(Math.min(whole.length, start + BLOCK) - 1);
        }
        Random random = new Random(5);
        while (places.size() < 220) {
            places.add(random.nextInt(whole.length));
        }
        for (int at : places) {
            byte[] log = whole.clone();
            log[at] ^= 0x10;
            assertAsDefined("a log of seven blocks with byte " + at + " changed", log);
        }
    }

    @Test
    @DisplayName("what is behind the next multiple of 32 KiB is there, whatever happened before")
    void nextBlock() {
        Seeds.check(30, random -> {
            List<Slice> lost = LogBytes.records(random);
            byte[] log = LogModel.append(new byte[0], lost);
            random.nextBytes(log);
            int blocks = (log.length + BLOCK - 1) / BLOCK;
            List<Slice> kept = LogBytes.records(random);
            byte[] whole = LogModel.append(Arrays.copyOf(log, blocks * BLOCK), kept);
            LogBytes.Found found = LogBytes.read(whole);
            assertEquals(kept, found.records(), "records behind " + blocks + " blocks of noise");
            assertEquals(
                    blocks, found.damages().size(), "how often damage was reported in " + blocks + " blocks of noise");
            assertAsDefined("a log behind noise", whole);
        });
    }

    @Test
    @DisplayName("logs with several kinds of damage are read as defined; what is reported ascends and is not given")
    void several() {
        Seeds.check(120, random -> {
            List<Slice> records = LogBytes.records(random);
            byte[] log = LogModel.append(new byte[0], records);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int from = random.nextInt(log.length);
                int to = Math.min(log.length, from + 1 + random.nextInt(1 + random.nextInt(40_000)));
                switch (random.nextInt(5)) {
                    case 0 -> Arrays.fill(log, from, to, (byte) 0);
                    case 1 -> log[from] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> log = Arrays.copyOf(log, to);
                    case 3 -> log = Arrays.copyOf(log, log.length + random.nextInt(40_000));
                    default -> log = LogModel.append(log, List.of(LogBytes.record(to % 5000, i)));
                }
                log = log.length == 0 ? new byte[1] : log;
            }
            assertAsDefined("a log of " + log.length + " bytes with damage", log);
            long end = 0;
            for (LogReader.Damage damage : LogBytes.read(log).damages()) {
                assertTrue(damage.bytes() > 0, "damage of " + damage.bytes() + " bytes at " + damage.offset());
                assertTrue(
                        damage.offset() >= end, "damage at " + damage.offset() + " after damage that ends at " + end);
                end = damage.offset() + damage.bytes();
                assertTrue(end <= log.length, "damage that ends at " + end + " in a log of " + log.length);
            }
        });
    }
}
