package storagelab.grader.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The entries of a tree as they are found, by the path that they have in it.
 *
 * @param <T> what the tree keeps of an entry
 */
final class EntryIndex<T> {
    private static final int ENTRIES_MAX = 200_000;
    private static final int PATH_LENGTH_MAX = 1_000;
    private static final int DEPTH_MAX = 40;

    private final SortedMap<String, T> found = new TreeMap<>();
    private final TreeSet<String> refused = new TreeSet<>();

    /** Adds an entry, or notes why not. */
    void add(String name, T entry) {
        Optional<String> path = plain(name);
        if (path.isEmpty()) {
            refused.add("an entry whose name leaves the archive, or is too long");
        } else if (found.size() >= ENTRIES_MAX) {
            refused.add("all but the first " + ENTRIES_MAX + " entries");
        } else if (found.putIfAbsent(path.get(), entry) != null) {
            refused.add("the second entry of the same name: " + path.get());
        }
    }

    /** The path that an archive means by a name. Windows tools write backslashes. */
    private static Optional<String> plain(String name) {
        List<String> parts = Arrays.stream(name.replace('\\', '/').split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        boolean leaves = name.startsWith("/")
                || name.startsWith("\\")
                || name.indexOf('\0') >= 0
                || parts.isEmpty()
                || parts.contains("..")
                || parts.get(0).endsWith(":")
                || parts.size() > DEPTH_MAX
                || name.length() > PATH_LENGTH_MAX;
        return leaves ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    /** What is kept of the entry with this path, which is one of {@link #entries}. */
    T get(String path) {
        T entry = found.get(path);
        if (entry == null) {
            throw new IllegalArgumentException("no entry " + path);
        }
        return entry;
    }

    /** All entries, in the order of their paths. */
    List<FileTree.Entry> entries(Function<T, FileTree.Kind> kind, Function<T, Optional<Instant>> modified) {
        List<FileTree.Entry> entries = new ArrayList<>();
        found.forEach((path, entry) -> entries.add(new FileTree.Entry(path, kind.apply(entry), modified.apply(entry))));
        return List.copyOf(entries);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }
}
