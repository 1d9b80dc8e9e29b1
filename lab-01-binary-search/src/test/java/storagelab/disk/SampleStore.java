package storagelab.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A small key-value store, right unless it is told to make one of the classic mistakes: a log of checksummed lines, and
 * every so many puts a snapshot that replaces the one before, after which the log begins anew.
 *
 * <p>Files: {@code snapshot} holds lines, the first its generation; {@code log-<generation>} holds the puts since.
 */
final class SampleStore implements Closeable {
    enum Mistake {
        NO_FORCE_OF_THE_LOG,
        NO_DIRECTORY_SYNC_AFTER_CREATING_A_LOG,
        NO_DIRECTORY_SYNC_BEFORE_DELETING_THE_OLD_LOG,
        RENAME_BEFORE_FORCE,
        SNAPSHOT_IN_PLACE,
        NO_CHECKSUM
    }

    private static final int PUTS_PER_SNAPSHOT = 12;

    private final Path directory;
    private final Set<Mistake> mistakes;
    private final Map<String, String> values = new TreeMap<>();
    private int generation;
    private int puts;
    private FileChannel log;

    SampleStore(Path directory, Mistake... mistakes) throws IOException {
        this.directory = directory;
        this.mistakes = EnumSet.noneOf(Mistake.class);
        this.mistakes.addAll(Set.of(mistakes));
        Path snapshot = directory.resolve("snapshot");
        if (Files.exists(snapshot)) {
            String[] lines = Files.readString(snapshot).split("\n", -1);
            generation = Integer.parseInt(lines[0]);
            for (int i = 1; i < lines.length - 1; i++) {
                load(lines[i]);
            }
        }
        Path logFile = logFile(generation);
        boolean isNew = !Files.exists(logFile);
        this.log = FileChannel.open(logFile, CREATE, WRITE, APPEND);
        if (isNew) {
            syncDirectoryUnless(Mistake.NO_DIRECTORY_SYNC_AFTER_CREATING_A_LOG);
        } else {
            replay(Files.readString(logFile, UTF_8));
        }
    }

    private Path logFile(int number) {
        return directory.resolve("log-" + number);
    }

    Map<String, String> values() {
        return values;
    }

    private void load(String line) {
        String[] keyAndValue = line.split("=", 2);
        values.put(keyAndValue[0], keyAndValue[1]);
    }

    private void replay(String text) throws IOException {
        int valid = 0;
        for (int end; (end = text.indexOf('\n', valid)) >= 0; valid = end + 1) {
            String[] checksumAndLine = text.substring(valid, end).split(" ", 2);
            boolean isIntact = checksumAndLine.length == 2
                    && (mistakes.contains(Mistake.NO_CHECKSUM)
                            || checksumAndLine[0].equals(checksum(checksumAndLine[1])));
            if (!isIntact) {
                break;
            }
            load(checksumAndLine[1]);
        }
        try (FileChannel channel = FileChannel.open(logFile(generation), WRITE)) {
            channel.truncate(valid);
            channel.force(true);
        }
    }

    void put(String key, String value) throws IOException {
        String line = key + "=" + value;
        ByteBuffer bytes = UTF_8.encode(checksum(line) + " " + line + "\n");
        while (bytes.hasRemaining()) {
            log.write(bytes);
        }
        if (!mistakes.contains(Mistake.NO_FORCE_OF_THE_LOG)) {
            log.force(false);
        }
        values.put(key, value);
        if (++puts % PUTS_PER_SNAPSHOT == 0) {
            snapshot();
        }
    }

    private void snapshot() throws IOException {
        Path target = directory.resolve("snapshot");
        Path file = mistakes.contains(Mistake.SNAPSHOT_IN_PLACE) ? target : directory.resolve("snapshot.tmp");
        StringBuilder text = new StringBuilder().append(generation + 1).append('\n');
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.deleteIfExists(logFile(generation + 1));
        FileChannel nextLog = FileChannel.open(logFile(generation + 1), CREATE_NEW, WRITE, APPEND);
        Files.writeString(file, text);
        if (!mistakes.contains(Mistake.RENAME_BEFORE_FORCE)) {
            Crashes.sync(file);
        }
        syncDirectoryUnless(Mistake.NO_DIRECTORY_SYNC_AFTER_CREATING_A_LOG);
        if (!file.equals(target)) {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        syncDirectoryUnless(Mistake.NO_DIRECTORY_SYNC_BEFORE_DELETING_THE_OLD_LOG);
        if (mistakes.contains(Mistake.RENAME_BEFORE_FORCE)) {
            Crashes.sync(target);
        }
        log.close();
        Files.delete(logFile(generation));
        generation++;
        log = nextLog;
    }

    private void syncDirectoryUnless(Mistake mistake) throws IOException {
        if (!mistakes.contains(mistake)) {
            Crashes.sync(directory);
        }
    }

    private static String checksum(String line) {
        CRC32C crc = new CRC32C();
        crc.update(line.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** Whether a directory has anything of a store in it. */
    static boolean exists(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isPresent();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
