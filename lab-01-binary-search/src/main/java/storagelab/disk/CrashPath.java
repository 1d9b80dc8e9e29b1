package storagelab.disk;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of a {@link CrashFileSystem}, with the algebra of a Unix path: names separated by {@code /}, absolute when it
 * begins with one. Relative paths are taken from the root.
 *
 * <p>Invariant: no name is empty, except that the empty path is the one relative path of one empty name.
 *
 * <p>Concurrency: immutable.
 */
final class CrashPath implements Path {
    private final CrashFileSystem fileSystem;
    private final boolean isAbsolute;
    private final List<String> names;

    private CrashPath(CrashFileSystem fileSystem, boolean isAbsolute, List<String> names) {
        this.fileSystem = fileSystem;
        this.isAbsolute = isAbsolute;
        this.names = names.isEmpty() && !isAbsolute ? List.of("") : List.copyOf(names);
    }

    /** The path that {@code text} spells. */
    static CrashPath parse(CrashFileSystem fileSystem, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "Nul character not allowed");
        }
        List<String> names = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            if (to > from) {
                names.add(text.substring(from, to));
            }
            from = to + 1;
        }
        return new CrashPath(fileSystem, text.startsWith("/"), names);
    }

    private CrashPath with(boolean absolute, List<String> otherNames) {
        return new CrashPath(fileSystem, absolute, otherNames);
    }

    /** The steps from the root, {@code .} and {@code ..} among them. */
    List<String> namesFromRoot() {
        return toAbsolutePath().names;
    }

    /** Whether this path, resolved, is {@code other} or below it. */
    boolean isWithin(CrashPath other) {
        return toAbsolutePath().normalize().startsWith(other.toAbsolutePath().normalize());
    }

    private boolean isEmpty() {
        return !isAbsolute && names.size() == 1 && names.get(0).isEmpty();
    }

    private CrashPath sameKind(Path other) {
        if (other instanceof CrashPath that && that.fileSystem == fileSystem) {
            return that;
        }
        throw new ProviderMismatchException("the path " + other + " belongs to another file system than " + this);
    }

    @Override
    public CrashFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return isAbsolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return isAbsolute ? with(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : with(false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public @Nullable Path getParent() {
        if (names.isEmpty() || (names.size() == 1 && !isAbsolute)) {
            return null;
        }
        return with(isAbsolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
            throw new IllegalArgumentException(
                    "names " + beginIndex + " to " + endIndex + " of a path of " + names.size());
        }
        return with(false, names.subList(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof CrashPath that
                && that.fileSystem == fileSystem
                && that.isAbsolute == isAbsolute
                && that.isEmpty() == isEmpty()
                && that.names.size() <= names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof CrashPath that) || that.fileSystem != fileSystem) {
            return false;
        }
        if (that.isAbsolute) {
            return equals(that);
        }
        int skipped = names.size() - that.names.size();
        return that.isEmpty() == isEmpty()
                && skipped >= 0
                && names.subList(skipped, names.size()).equals(that.names);
    }

    @Override
    public CrashPath normalize() {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            boolean hasParent = !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..");
            if (name.equals("..") && hasParent) {
                kept.remove(kept.size() - 1);
            } else if (!name.equals(".") && !(name.equals("..") && isAbsolute)) {
                kept.add(name);
            }
        }
        return with(isAbsolute, kept);
    }

    @Override
    public Path resolve(Path other) {
        CrashPath that = sameKind(other);
        if (that.isAbsolute || isEmpty()) {
            return that;
        }
        if (that.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(that.names);
        return with(isAbsolute, all);
    }

    @Override
    public Path relativize(Path other) {
        CrashPath that = sameKind(other);
        if (that.isAbsolute != isAbsolute) {
            throw new IllegalArgumentException("one of " + this + " and " + other + " is absolute, one is not");
        }
        if (isEmpty()) {
            return that;
        }
        List<String> base = normalize().realNames();
        List<String> target = that.normalize().realNames();
        int common = 0;
        while (common < base.size()
                && common < target.size()
                && base.get(common).equals(target.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>();
        for (String left : base.subList(common, base.size())) {
            if (left.equals("..")) {
                throw new IllegalArgumentException("no way leads from " + this + " to " + other);
            }
            way.add("..");
        }
        way.addAll(target.subList(common, target.size()));
        return with(false, way);
    }

    private List<String> realNames() {
        return isEmpty() ? List.of() : names;
    }

    @Override
    public URI toUri() {
        StringBuilder uri = new StringBuilder("crashdisk:");
        for (String name : toAbsolutePath().names) {
            uri.append('/')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(uri.length() > "crashdisk:".length() ? uri.toString() : "crashdisk:/");
    }

    @Override
    public CrashPath toAbsolutePath() {
        return isAbsolute ? this : with(true, realNames());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        fileSystem.volume().find(this);
        return toAbsolutePath().normalize();
    }

    @Override
    public File toFile() {
        throw new UnsupportedOperationException(
                "the path " + this + " is on a simulated disk, which java.io.File and its"
                        + " streams cannot reach: pass the Path on and use Files or FileChannel.open(path)");
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("a simulated disk cannot be watched: list the directory instead");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(sameKind(other).toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CrashPath that
                && that.fileSystem == fileSystem
                && that.isAbsolute == isAbsolute
                && that.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode() * 2 + (isAbsolute ? 1 : 0);
    }

    @Override
    public String toString() {
        return (isAbsolute ? "/" : "") + String.join("/", names);
    }
}
