package storagelab.wal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.api.StorageIoException;

/** The files of a log: segment 3 is {@code 00000003.wal}. */
final class SegmentFiles {
    private static final Pattern NAME = Pattern.compile("([0-9]{8,10})\\.wal");

    private SegmentFiles() {}

    /** The file of a segment. */
    static Path path(Path directory, long number) {
        return directory.resolve("%08d.wal".formatted(number));
    }

    /** The numbers of all segments in {@code directory}, ascending. Files with other names are not looked at. */
    static List<Long> numbers(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(match -> Long.parseLong(match.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageIoException("listing " + directory, e);
        } catch (UncheckedIOException e) {
            throw new StorageIoException("listing " + directory, Objects.requireNonNull(e.getCause()));
        }
    }
}
