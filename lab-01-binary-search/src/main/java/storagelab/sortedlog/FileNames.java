package storagelab.sortedlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.api.StorageIoException;

/**
 * What the files of a store are called: {@code 000001.log}, {@code 000002.table}, {@code TABLES}, {@code LOCK}, and the
 * directory {@code quarantine}. Logs and tables draw their numbers from one counter, and no number is used twice.
 */
public final class FileNames {
    /** The list of tables. */
    public static final String TABLE_LIST = "TABLES";
    /** The next list of tables, before it is renamed to {@link #TABLE_LIST}. */
    public static final String TABLE_LIST_TEMPORARY = "TABLES.tmp";
    /** Where damaged tables are put. */
    public static final String QUARANTINE = "quarantine";

    private static final Pattern NUMBERED = Pattern.compile("([0-9]{6,18})\\.(log|table)");

    private FileNames() {}

    /** The log of that number. */
    public static Path log(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%06d.log", number));
    }

    /** The table of that number. */
    public static Path table(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%06d.table", number));
    }

    /** Whether {@code file} is named like a log. */
    public static boolean isLog(Path file) {
        return number(file).isPresent() && file.toString().endsWith(".log");
    }

    /** Whether {@code file} is named like a table. */
    public static boolean isTable(Path file) {
        return number(file).isPresent() && file.toString().endsWith(".table");
    }

    /** The number in the name of a log or table, nothing for any other file. */
    public static OptionalLong number(Path file) {
        Path name = file.getFileName();
        Matcher matcher = NUMBERED.matcher(name == null ? "" : name.toString());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The logs and tables in {@code directory}, by ascending number. */
    public static List<Path> numbered(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> number(file).isPresent())
                    .sorted(Comparator.comparingLong(file -> number(file).getAsLong()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new StorageIoException("listing " + directory, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw new StorageIoException("listing " + directory, e);
        }
    }
}
