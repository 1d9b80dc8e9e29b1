package storagelab.sortedlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.codec.MalformedBytesException;
import storagelab.course.ExercisePart;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * The list of tables in the file {@code TABLES}, which is never changed, only replaced.
 *
 * <p>Format ({@code notes/formats/table-list.md}): magic {@code "SLTLIST1"}, 8 bytes · firstLog, fixed64 · number of
 * tables, varint32 · their file numbers, the newest first, varint64 each · CRC-32C of everything before, fixed32. Nothing
 * follows.
 *
 * <p>Example: tables 9 and 300, 300 the older, and logs from 11 on. 24 bytes:
 *
 * <pre>{@code
 * 53 4c 54 4c 49 53 54 31   magic "SLTLIST1"
 * 0b 00 00 00 00 00 00 00   firstLog
 * 02                        number of tables
 * 09                        table 9, the newest
 * ac 02                     table 300
 * 56 14 1c e7               crc
 * }</pre>
 *
 * <p>Errors: {@link StorageIoException} when the file system refuses.
 *
 * <p>Concurrency: one thread at a time.
 */
@ExercisePart("1.9")
public final class DurableTableList implements TableList {
    private static final Slice MAGIC = Slice.utf8("SLTLIST1");

    private final Path directory;
    private final StatsRecorder stats;

    /** The list of the store in {@code directory}. Reads and writes nothing. */
    public DurableTableList(Path directory, StatsRecorder stats) {
        this.directory = directory;
        this.stats = stats;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A rename replaces a file in one step, but orders nothing: the new name may reach the disk before the bytes behind
     * it. So:
     *
     * <ol>
     *   <li>write {@code TABLES.tmp} (a crash may have left an old one: delete it first),
     *   <li>sync it,
     *   <li>rename it to {@code TABLES}, with {@link StandardCopyOption#ATOMIC_MOVE},
     *   <li>sync the directory.
     * </ol>
     *
     * <p>Use {@link FileNames}, {@link StoreFile} and {@link Directories#sync}.
     *
     * <p>Cost: two syncs.
     */
    @Override
    public void publish(PublishedTables tables) {
        Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
        StoreFile.delete(temporary);
        try (StoreFile file = StoreFile.create(temporary, stats)) {
            file.append(encode(tables));
            file.sync();
        }
        try {
            Files.move(temporary, directory.resolve(FileNames.TABLE_LIST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("replacing the table list of " + directory, e);
        }
        Directories.sync(directory, stats);
    }

    /**
     * What was published last, nothing if there is no file {@code TABLES}.
     *
     * @throws CorruptionException if the file is not what {@link #publish} writes
     */
    public Optional<PublishedTables> read() {
        Path path = directory.resolve(FileNames.TABLE_LIST);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (StoreFile file = StoreFile.openForReading(path, stats)) {
            return Optional.of(decode(file.read(0, Math.toIntExact(file.sizeBytes()))));
        } catch (MalformedBytesException e) {
            throw new CorruptionException(path, 0, "a list of tables", String.valueOf(e.getMessage()));
        }
    }

    private static Slice encode(PublishedTables tables) {
        ByteWriter bytes = new ByteWriter(64);
        bytes.putBytes(MAGIC)
                .putFixed64(tables.firstLog())
                .putVarint32(tables.newestFirst().size());
        tables.newestFirst().forEach(bytes::putVarint64);
        return bytes.putFixed32(bytes.crc32c(0, bytes.size())).view();
    }

    private static PublishedTables decode(byte[] bytes) {
        int crcOffset = Math.max(0, bytes.length - Integer.BYTES);
        int crc = new ByteReader(Slice.wrap(bytes, crcOffset, bytes.length - crcOffset)).readFixed32();
        if (crc != Crc32c.of(bytes, 0, crcOffset)) {
            throw new MalformedBytesException(bytes.length + " bytes that do not match their checksum");
        }
        ByteReader reader = new ByteReader(Slice.wrap(bytes, 0, crcOffset));
        Slice magic = reader.readBytes(MAGIC.length());
        if (!magic.equals(MAGIC)) {
            throw new MalformedBytesException("the magic number " + magic);
        }
        long firstLog = reader.readFixed64();
        int count = reader.readVarint32();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(reader.readVarint64());
        }
        if (reader.remaining() > 0) {
            throw new MalformedBytesException(reader.remaining() + " bytes after the last table");
        }
        return new PublishedTables(numbers, firstLog);
    }
}
