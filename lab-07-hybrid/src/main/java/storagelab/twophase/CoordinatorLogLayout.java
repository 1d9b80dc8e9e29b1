package storagelab.twophase;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * What the files of a coordinator's log are called, and what is in their records.
 *
 * <p>Format: {@code notes/formats/coordinator-log.md}.
 */
public final class CoordinatorLogLayout {
    /** The first byte of a record that says a transaction has committed, and who has to acknowledge that. On disk. */
    public static final int COMMIT = 1;
    /** The first byte of a record that says all have acknowledged. On disk. */
    public static final int END = 2;
    /** Transactions of a file have its number in the upper bits of their ids, and in so many lower bits how many came before. */
    public static final int COUNTER_BITS = 32;

    private static final Pattern NAME = Pattern.compile("([0-9]{6,10})\\.commits");
    private static final int RECORD_BYTES = 64;

    private CoordinatorLogLayout() {}

    /**
     * A record.
     *
     * @param transactionId of the transaction
     * @param participants that have to acknowledge the commit; empty for END
     */
    public record Decision(long transactionId, Set<String> participants) {}

    /** The file of that number. */
    public static Path file(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%06d.commits", number));
    }

    /** The number in the name of a file; 0 for a file of another kind. */
    public static long number(Path file) {
        Path name = file.getFileName();
        Matcher matcher = NAME.matcher(name == null ? "" : name.toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** The files in {@code directory}, by ascending number. */
    public static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> number(file) > 0)
                    .sorted(comparingLong(CoordinatorLogLayout::number))
                    .toList();
        } catch (IOException e) {
            throw new StorageIoException("listing " + directory, e);
        }
    }

    /** The record of a commit. */
    public static Slice commit(long transactionId, Set<String> participants) {
        ByteWriter out = new ByteWriter(RECORD_BYTES);
        out.putByte(COMMIT).putFixed64(transactionId).putVarint32(participants.size());
        new TreeSet<>(participants).forEach(name -> out.putLengthPrefixed(Slice.utf8(name)));
        return out.toSlice();
    }

    /** The record of an end. */
    public static Slice end(long transactionId) {
        return new ByteWriter(RECORD_BYTES)
                .putByte(END)
                .putFixed64(transactionId)
                .toSlice();
    }

    /**
     * Reads a record.
     *
     * @throws CorruptionException if it is none that this program writes
     */
    public static Decision decode(Path file, Slice record) {
        ByteReader in = new ByteReader(record);
        try {
            int kind = in.readByte();
            Set<String> participants = new TreeSet<>();
            long transactionId = in.readFixed64();
            for (int left = kind == COMMIT ? in.readVarint32() : 0; left > 0; left--) {
                participants.add(in.readLengthPrefixed().toUtf8());
            }
            if (in.remaining() == 0 && (kind == COMMIT ? !participants.isEmpty() : kind == END)) {
                return new Decision(transactionId, participants);
            }
        } catch (MalformedBytesException e) {
            throw CorruptionException.unknownFormat(file, 0, "a record ends too early: " + record);
        }
        throw CorruptionException.unknownFormat(file, 0, "not a COMMIT and not an END: " + record);
    }
}
