package storagelab.lsm;

import java.util.Locale;
import java.util.Optional;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.sstable.InternalKey;

/** What {@link LsmStore#property} says, under LevelDB's names. */
final class LsmProperties {
    private static final String PREFIX = "leveldb.";
    private static final String FILES_AT_LEVEL = "num-files-at-level";
    private static final double MEBIBYTE = 1 << 20;
    private static final double NANOS_A_SECOND = 1e9;

    private static final String STATS_HEAD = """
                                           Compactions
            Level  Files Size(MB) Time(sec) Read(MB) Write(MB)
            --------------------------------------------------
            """;

    private LsmProperties() {}

    /** The value of a property; nothing if there is none of this name. */
    static Optional<String> of(String name, ReadState state, LevelWork work, long cachedBytes) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = name.substring(PREFIX.length());
        if (rest.startsWith(FILES_AT_LEVEL)) {
            return filesAtLevel(rest.substring(FILES_AT_LEVEL.length()), state.version());
        }
        return Optional.ofNullable(
                switch (rest) {
                    case "stats" -> levels(state.version(), work);
                    case "sstables" -> tables(state.version());
                    case "approximate-memory-usage" -> Long.toString(memoryBytes(state) + cachedBytes);
                    default -> null;
                });
    }

    private static Optional<String> filesAtLevel(String digits, Version version) {
        if (digits.length() != 1 || digits.charAt(0) < '0' || digits.charAt(0) >= '0' + Version.LEVELS) {
            return Optional.empty();
        }
        return Optional.of(
                Integer.toString(version.files(digits.charAt(0) - '0').size()));
    }

    private static String levels(Version version, LevelWork work) {
        StringBuilder text = new StringBuilder(STATS_HEAD);
        for (int level = 0; level < Version.LEVELS; level++) {
            int files = version.files(level).size();
            if (files > 0 || work.nanos(level) > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%3d %8d %8.0f %9.0f %8.0f %9.0f\n",
                        level,
                        files,
                        version.sizeBytes(level) / MEBIBYTE,
                        work.nanos(level) / NANOS_A_SECOND,
                        work.readBytes(level) / MEBIBYTE,
                        work.writtenBytes(level) / MEBIBYTE));
            }
        }
        return text.toString();
    }

    private static String tables(Version version) {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < Version.LEVELS; level++) {
            text.append("--- level ").append(level).append(" ---\n");
            for (FileMetadata file : version.files(level)) {
                text.append(' ').append(file.number()).append(':').append(file.sizeBytes());
                text.append('[').append(InternalKey.toString(file.smallest())).append(" .. ");
                text.append(InternalKey.toString(file.largest())).append("]\n");
            }
        }
        return text.toString();
    }

    private static long memoryBytes(ReadState state) {
        LsmMemtable frozen = state.frozen();
        return state.memtable().sizeBytes() + (frozen == null ? 0 : frozen.sizeBytes());
    }
}
