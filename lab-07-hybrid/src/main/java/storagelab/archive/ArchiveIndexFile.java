package storagelab.archive;

import com.google.common.io.BaseEncoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;

/**
 * The file {@code INDEX} in the directory of an archive, which has its {@link ArchiveIndex}. It is on a local disk, so that an archive opens
 * and takes writes while its object store does not answer.
 *
 * <p>Format: {@code notes/formats/archive-index.md}.
 */
final class ArchiveIndexFile {
    /** The name of the file. */
    static final String NAME = "INDEX";

    private static final String FIRST_LINE = "storagelab archive index 1";
    private static final int HEAD_LINES = 5;
    private static final Pattern OBJECT = Pattern.compile(
            "(recent|base) ([0-9]{1,18}) ([0-9a-f]{8}) ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,17}) ([0-9a-f]*) ([0-9a-f]*)");
    private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

    private final Path file;
    private final String archive;
    private final StatsRecorder stats = new StatsRecorder();

    /** The file of the archive of this name. */
    ArchiveIndexFile(Path directory, String archive) {
        this.file = directory.resolve(NAME);
        this.archive = archive;
    }

    /**
     * What the file says; empty if there is none.
     *
     * @throws CorruptionException if it is damaged
     * @throws IllegalArgumentException if it is the index of an archive of another name
     */
    Optional<ArchiveIndex> read() {
        return SealedText.read(file, "the index of an archive,").map(this::decode);
    }

    /** Replaces the file. When this returns, the new index is durable; if it throws, after a crash it is the old one or the new one. */
    void replace(ArchiveIndex index) {
        SealedText.replace(file, file.resolveSibling(NAME + ".tmp"), encode(archive, index), stats);
    }

    /** The lines of an index. */
    static List<String> encode(String archive, ArchiveIndex index) {
        List<String> lines = new ArrayList<>(List.of(
                FIRST_LINE,
                "archive " + archive,
                "generation " + index.generation(),
                "sequence " + index.sequence(),
                "next " + index.nextNumber()));
        index.recent().forEach(one -> lines.add("recent " + encode(one)));
        index.base().forEach(one -> lines.add("base " + encode(one)));
        return lines;
    }

    private static String encode(ArchiveObject one) {
        return "%d %08x %d %d %d %s %s"
                .formatted(
                        one.number(),
                        one.checksum(),
                        one.sizeBytes(),
                        one.tailOffset(),
                        one.sequence(),
                        HEX.encode(one.smallest().toByteArray()),
                        HEX.encode(one.largest().toByteArray()));
    }

    private ArchiveIndex decode(List<String> lines) {
        if (!lines.get(0).equals(FIRST_LINE) || lines.size() < HEAD_LINES) {
            throw unknown(lines.get(0));
        }
        String found = value(lines.get(1), "archive ");
        if (!found.equals(archive)) {
            throw new IllegalArgumentException(
                    file + " is of the archive \"" + found + "\", not of \"" + archive + "\"");
        }
        List<ArchiveObject> recent = new ArrayList<>();
        List<ArchiveObject> base = new ArrayList<>();
        for (String line : lines.subList(HEAD_LINES, lines.size())) {
            Matcher parts = OBJECT.matcher(line);
            if (!parts.matches()) {
                throw unknown(line);
            }
            (parts.group(1).equals("base") ? base : recent).add(decode(parts));
        }
        return new ArchiveIndex(
                number(lines.get(2), "generation "),
                number(lines.get(3), "sequence "),
                number(lines.get(4), "next "),
                recent,
                base);
    }

    private static ArchiveObject decode(Matcher parts) {
        return new ArchiveObject(
                Long.parseLong(parts.group(2)),
                Integer.parseUnsignedInt(parts.group(3), 16),
                Long.parseLong(parts.group(4)),
                Long.parseLong(parts.group(5)),
                Long.parseLong(parts.group(6)),
                Slice.wrap(HEX.decode(parts.group(7))),
                Slice.wrap(HEX.decode(parts.group(8))));
    }

    private long number(String line, String field) {
        String digits = value(line, field);
        if (!digits.matches("[0-9]{1,18}")) {
            throw unknown(line);
        }
        return Long.parseLong(digits);
    }

    private String value(String line, String field) {
        if (!line.startsWith(field)) {
            throw unknown(line);
        }
        return line.substring(field.length());
    }

    private CorruptionException unknown(String line) {
        return CorruptionException.unknownFormat(file, 0, "it says \"" + line + "\", which this program does not know");
    }
}
