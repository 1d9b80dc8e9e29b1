package storagelab.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.api.StorageIoException;

/**
 * Names of the files in a store's directory, as LevelDB has them. All numbers come from one counter, and none is used
 * twice.
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><td>{@code 000005.log}</td><td>a log of writes</td></tr>
 *   <tr><td>{@code 000007.ldb}, {@code 000003.sst}</td><td>a table; the second is how old LevelDBs called them</td></tr>
 *   <tr><td>{@code MANIFEST-000004}</td><td>a log of edits</td></tr>
 *   <tr><td>{@code CURRENT}</td><td>the name of the manifest that counts, and a line feed</td></tr>
 *   <tr><td>{@code 000008.dbtmp}</td><td>a CURRENT that is not in its place yet</td></tr>
 *   <tr><td>{@code LOCK}</td><td>locked while the store is open</td></tr>
 *   <tr><td>{@code SHAPE}</td><td>how the store is merged, if it is not as LevelDB does it; LevelDB does not know the file</td></tr>
 * </table>
 */
public final class LsmFileNames {
    /** The file that names the manifest. */
    public static final String CURRENT = "CURRENT";

    private static final Pattern NUMBERED = Pattern.compile("([0-9]+)\\.(log|ldb|sst|dbtmp)");
    private static final Pattern MANIFEST = Pattern.compile("MANIFEST-([0-9]+)");

    /** What a file is. */
    public enum Kind {
        /** A log of writes. */
        LOG,
        /** A table. */
        TABLE,
        /** A log of edits. */
        MANIFEST,
        /** Something on its way to another name. */
        TEMPORARY
    }

    /**
     * What a name says.
     *
     * @param kind of file
     * @param number of the file
     */
    public record Parsed(Kind kind, long number) {}

    private LsmFileNames() {}

    /** A log of writes. */
    public static Path log(Path directory, long number) {
        return directory.resolve("%06d.log".formatted(number));
    }

    /** A table. */
    public static Path table(Path directory, long number) {
        return directory.resolve("%06d.ldb".formatted(number));
    }

    /** A table as old LevelDBs have called it. */
    public static Path legacyTable(Path directory, long number) {
        return directory.resolve("%06d.sst".formatted(number));
    }

    /** A log of edits. */
    public static Path manifest(Path directory, long number) {
        return directory.resolve("MANIFEST-%06d".formatted(number));
    }

    /** What will be {@code CURRENT}. */
    public static Path temporary(Path directory, long number) {
        return directory.resolve("%06d.dbtmp".formatted(number));
    }

    /** What the name of a file says; nothing if it is none of the store's numbered files. */
    public static Optional<Parsed> parse(Path file) {
        String name = file.getFileName().toString();
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            Kind kind = switch (numbered.group(2)) {
                case "log" -> Kind.LOG;
                case "dbtmp" -> Kind.TEMPORARY;
                default -> Kind.TABLE;
            };
            return number(numbered.group(1)).map(number -> new Parsed(kind, number));
        }
        Matcher manifest = MANIFEST.matcher(name);
        return manifest.matches()
                ? number(manifest.group(1)).map(number -> new Parsed(Kind.MANIFEST, number))
                : Optional.empty();
    }

    /** The files in a store's directory, whatever they are, in no particular order. */
    public static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (UncheckedIOException e) {
            throw new StorageIoException("listing " + directory, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw new StorageIoException("listing " + directory, e);
        }
    }

    private static Optional<Long> number(String digits) {
        return digits.length() > 18 ? Optional.empty() : Optional.of(Long.parseLong(digits));
    }
}
