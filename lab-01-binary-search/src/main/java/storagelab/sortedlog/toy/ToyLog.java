package storagelab.sortedlog.toy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.StorageIoException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Toy;

/**
 * A key-value log as text: a {@link ToyLine} and a newline byte {@code 0a} for every value, in UTF-8, and an index in
 * memory that knows where in the file the newest line of each key is.
 *
 * <p>Read and write with {@link java.nio.file.Files} and {@link java.nio.channels.FileChannel}. The tests keep the file on
 * a simulated disk, which {@code java.io.File} and its streams cannot reach and whose files cannot be mapped into memory.
 *
 * <p>Concurrency: one thread. Nothing enforces it; experiment {@code 1.concurrent-appends} shows what happens. Errors:
 * {@link StorageIoException} when the file system refuses.
 */
@Toy("no sync, one thread, reads the whole file to start")
@Exercise(id = "1.2", title = "The toy: a log of text lines", points = 6, difficulty = Difficulty.EASY, hours = 2)
public final class ToyLog implements Closeable {
    /** A line that no append wrote: its number, 1 for the first of the file, and what is wrong with it in words. */
    public record Damage(int lineNumber, String reason) {}

    /** How many lines the file has, and those of them that were skipped, in their order. */
    public record RebuildReport(int lines, List<Damage> damaged) {}

    private record Place(long offset, int length) {}

    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;
    private final Map<String, Place> index = new HashMap<>();
    private long end;

    private ToyLog(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        end = channel.size();
        if (end > 0 && !read(new Place(end - 1, 1)).equals("\n")) {
            write("\n".getBytes(UTF_8));
        }
    }

    /**
     * Opens the log in {@code file}, or creates it. Does not read it: until {@link #rebuildIndex}, a get finds only what
     * was appended since. But if the last byte is not a newline, a program ended in the middle of a line: adds a newline, or
     * the next line would become a part of that one.
     */
    public static ToyLog open(Path file, InstantSource clock) {
        try {
            return new ToyLog(file, clock);
        } catch (IOException e) {
            throw new StorageIoException("opening " + file, e);
        }
    }

    /**
     * Writes a line at the end of the file, with the time of the clock, with a single write call. Afterwards the index
     * points to it. If the write fails, the index stays as it was.
     */
    public void append(String key, String value) {
        byte[] line = (new ToyLine(clock.millis(), key, value).format() + "\n").getBytes(UTF_8);
        try {
            Place place = new Place(end, line.length - 1);
            write(line);
            index.put(key, place);
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
    }

    /** The value of the newest line of {@code key} in the index, if any. Reads that line and no other; keeps no values. */
    public Optional<String> get(String key) {
        Place place = index.get(key);
        try {
            String line = place == null ? null : read(place);
            return Optional.ofNullable(line).map(found -> ToyLine.parse(found).value());
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
    }

    /**
     * Rebuilds the index from the whole file: later lines win. A line that {@link ToyLine#parse} refuses is reported and
     * skipped, and what its key had before stays. The last line needs no newline. An empty file has no lines.
     *
     * <p>Example: after {@code append("a", "1")}, {@code append("b", "2")}, {@code append("a", "3")}, a digit of the
     * third line is changed. The report has 3 lines, line 3 damaged, and {@code get("a")} is {@code "1"}.
     */
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        int lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (long offset = 0; readLine(in, line); lines++, offset += line.size() + 1) {
                try {
                    index.put(ToyLine.parse(line.toString(UTF_8)).key(), new Place(offset, line.size()));
                } catch (IllegalArgumentException e) {
                    damaged.add(new Damage(lines + 1, String.valueOf(e.getMessage())));
                }
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return new RebuildReport(lines, List.copyOf(damaged));
    }

    /** Closes the file. Closing twice does nothing. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageIoException("closing " + file, e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes), end);
        end += bytes.length;
    }

    private String read(Place place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(place.length);
        channel.read(bytes, place.offset);
        return new String(bytes.array(), UTF_8);
    }

    private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return next >= 0 || line.size() > 0;
    }
}
