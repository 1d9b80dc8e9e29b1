package storagelab.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;

/**
 * What the file {@code FORMAT} of a durable store says: which engine the store has, and what its values are. The file is written
 * last when a store is created: a directory without it has no store yet.
 *
 * <p>A store of version 1 has plain values. Version 2 adds a line for what its values are, and the mark of a backup that is not
 * complete. A store is written with the smallest version that can say what it is, so that older programs read it if they can.
 *
 * <p>Format: a {@link SealedText}, see {@code notes/formats/store-format.md}.
 *
 * @param engine the {@link EngineType#id} of the store's engine
 * @param values of the store
 */
public record StoreFormat(String engine, StoredValues values) {
    /** The name of the file. */
    static final String NAME = "FORMAT";

    private static final String FIRST_LINE = "storagelab durable store ";
    private static final List<String> VERSIONS = List.of("1", "2");
    private static final String ENGINE = "engine ";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");
    private static final String VALUES = "values ";
    private static final String INCOMPLETE = "backup incomplete";

    /** Checks the id. */
    public StoreFormat {
        if (!ID.matcher(engine).matches()) {
            throw new IllegalArgumentException("\"" + engine + "\" as the id of an engine");
        }
    }

    /** The format of a store with an engine of this type. */
    StoreFormat(EngineType engine, StoredValues values) {
        this(engine.id(), values);
    }

    /**
     * What the store in {@code directory} is; nothing if there is no store.
     *
     * @throws CorruptionException if the file is damaged; if it was written by a newer program, {@link
     *     CorruptionException#isUnknownFormat} is true
     * @throws StorageIoException if the directory has a backup that did not come to its end, or the file cannot be read
     */
    public static Optional<StoreFormat> read(Path directory) {
        Path file = directory.resolve(NAME);
        return SealedText.read(file, "the format of a store,").map(lines -> parse(file, lines));
    }

    private static StoreFormat parse(Path file, List<String> lines) {
        String first = lines.get(0);
        int version = first.startsWith(FIRST_LINE) ? VERSIONS.indexOf(first.substring(FIRST_LINE.length())) + 1 : 0;
        if (version == 0) {
            throw CorruptionException.unknownFormat(
                    file,
                    0,
                    "it says \"" + first + "\", and this program reads versions 1 to " + VERSIONS.size()
                            + "; open the store with the program that wrote it, or a newer one");
        }
        if (version > 1 && lines.contains(INCOMPLETE)) {
            throw new StorageIoException(
                    "opening " + file.getParent(),
                    new IOException("a backup into it was interrupted; delete it and make the backup again"));
        }
        if (lines.size() != version + 1) {
            throw unknown(file, String.join(", ", lines));
        }
        return new StoreFormat(
                engine(lines.get(1), file), version == 1 ? StoredValues.PLAIN : values(lines.get(2), file));
    }

    private static String engine(String line, Path file) {
        String id = line.startsWith(ENGINE) ? line.substring(ENGINE.length()) : "";
        if (!ID.matcher(id).matches()) {
            throw unknown(file, line);
        }
        return id;
    }

    private static StoredValues values(String line, Path file) {
        return Arrays.stream(StoredValues.values())
                .filter(values -> line(values).equals(line))
                .findFirst()
                .orElseThrow(() -> unknown(file, line));
    }

    private static CorruptionException unknown(Path file, String said) {
        return CorruptionException.unknownFormat(file, 0, "it says \"" + said + "\", which this program does not know");
    }

    /** Writes the file, which is on the disk when this returns. */
    void write(Path directory, StatsRecorder stats) {
        write(directory, lines(values == StoredValues.PLAIN ? 1 : 2), stats);
    }

    /** Writes a file that says that the directory has a part of a backup and must not be opened, durably. */
    void writeIncomplete(Path directory, StatsRecorder stats) {
        List<String> lines = new ArrayList<>(lines(2));
        lines.add(INCOMPLETE);
        write(directory, lines, stats);
    }

    private static void write(Path directory, List<String> lines, StatsRecorder stats) {
        SealedText.replace(directory.resolve(NAME), directory.resolve(NAME + ".tmp"), lines, stats);
    }

    private List<String> lines(int version) {
        List<String> all = List.of(FIRST_LINE + version, ENGINE + engine, line(values));
        return all.subList(0, version + 1);
    }

    private static String line(StoredValues values) {
        return VALUES + values.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks that the store in {@code directory} can be opened with {@code options}.
     *
     * @throws IllegalArgumentException if it has another engine, or values of another kind
     */
    void check(Path directory, DurableOptions options) {
        if (!engine.equals(options.engine().id())) {
            throw new IllegalArgumentException(directory + " has the engine " + engine + " and cannot be opened with "
                    + options.engine().id());
        }
        if (values != options.values()) {
            throw new IllegalArgumentException(directory
                    + (values == StoredValues.EXPIRING
                            ? " has values that expire: open it as an ExpiringStore"
                            : " has values that never expire: open it as a CrashSafeStore"));
        }
    }
}
