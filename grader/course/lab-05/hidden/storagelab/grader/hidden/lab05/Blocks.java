package storagelab.grader.hidden.lab05;

import com.google.common.io.BaseEncoding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.codec.ByteReader;
import storagelab.disk.CrashDisk;
import storagelab.sstable.Block;
import storagelab.sstable.BlockBuilder;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;
import storagelab.testkit.Step;

/** Blocks and entries for the hidden tests of 5.4 and 5.5. */
final class Blocks {
    /** The file that blocks in memory say they are of. */
    static final Path FILE = CrashDisk.create().root().resolve("000042.ldb");

    /** Where in it they say they are. */
    static final long OFFSET = 12_288;

    private Blocks() {}

    /** No entries, in the order of internal keys. */
    static TreeMap<Slice, Slice> none() {
        return new TreeMap<>(InternalKeyOrder.ORDER);
    }

    static byte[] bytes(Map<Slice, Slice> entries, int restartInterval) {
        Step.at("building a block of " + entries.size() + " entries, a restart every " + restartInterval);
        BlockBuilder builder = new BlockBuilder(restartInterval);
        entries.forEach(builder::add);
        return builder.finish().toByteArray();
    }

    static Block block(Map<Slice, Slice> entries, int restartInterval) {
        byte[] bytes = bytes(entries, restartInterval);
        Step.at("making a Block of the " + bytes.length + " bytes that a builder has made of " + entries.size()
                + " entries, a restart every " + restartInterval);
        return of(bytes);
    }

    static Block of(byte[] bytes) {
        return new Block(bytes, FILE, OFFSET);
    }

    static Block ofHex(String bytes) {
        return of(BaseEncoding.base16().lowerCase().decode(bytes.replace(" ", "")));
    }

    static String hex(Slice bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes.toByteArray());
    }

    static Slice put(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    static Slice deletion(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.DELETION);
    }

    /** What a walk from the first entry to the last meets. */
    static TreeMap<Slice, Slice> walk(InternalCursor cursor) {
        TreeMap<Slice, Slice> seen = none();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            seen.put(cursor.key(), cursor.value());
        }
        return seen;
    }

    /** What a walk from the last entry to the first meets. */
    static TreeMap<Slice, Slice> walkBack(InternalCursor cursor) {
        TreeMap<Slice, Slice> seen = none();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            seen.put(cursor.key(), cursor.value());
        }
        return seen;
    }

    /**
     * Up to {@code countMax} entries: keys of no, one or many bytes, some of them the beginnings of others, and many
     * versions of some.
     */
    static TreeMap<Slice, Slice> random(Random random, int countMax) {
        TreeMap<Slice, Slice> entries = none();
        int versions = 1 + random.nextInt(1 + random.nextInt(300));
        for (int i = random.nextInt(countMax + 1); i > 0; i--) {
            byte[] value = new byte[random.nextInt(1 + random.nextInt(300))];
            random.nextBytes(value);
            Slice key = randomKey(random, versions);
            entries.put(key, InternalKey.kind(key) == ValueKind.DELETION ? Slice.EMPTY : Slice.wrap(value));
        }
        return entries;
    }

    /** A key of one of a few users, so that there are others like it. */
    static Slice randomKey(Random random, int versions) {
        byte[] user = new byte[random.nextInt(6) == 0 ? 60 + random.nextInt(100) : random.nextInt(5)];
        for (int i = 0; i < user.length; i++) {
            user[i] = (byte) (i < user.length - 3 ? 'f' : new int[] {0, 0x7f, 0x80, 0xff}[random.nextInt(4)]);
        }
        long sequence = random.nextInt(10) == 0
                ? InternalKey.MAX_SEQUENCE - random.nextInt(3)
                : (long) random.nextInt(versions) * (random.nextInt(4) == 0 ? 1 << 20 : 1);
        return InternalKey.of(Slice.wrap(user), sequence, ValueKind.of(random.nextInt(2)));
    }

    /** Where the entries of a block begin, and behind these where they end. */
    static int[] entryOffsets(byte[] block, int count) {
        int[] offsets = new int[count + 1];
        ByteReader in = new ByteReader(Slice.wrap(block));
        for (int i = 0; i < count; i++) {
            in.readVarint32();
            int unshared = in.readVarint32();
            in.readBytes(in.readVarint32() + unshared);
            offsets[i + 1] = in.position();
        }
        return offsets;
    }
}
