package storagelab.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/**
 * The {@link FileSystem} face of a {@link CrashDisk}: it makes paths, and hands everything else to its provider. It
 * cannot be closed, and knows the attribute view "basic" only.
 */
final class CrashFileSystem extends FileSystem {
    private final Volume volume;
    private final CrashFileSystemProvider provider = new CrashFileSystemProvider(this);
    private final CrashPath root = CrashPath.parse(this, "/");

    CrashFileSystem(Volume volume) {
        this.volume = volume;
    }

    Volume volume() {
        return volume;
    }

    CrashPath root() {
        return root;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder path = new StringBuilder(first);
        for (String segment : more) {
            if (!segment.isEmpty()) {
                path.append(path.length() > 0 ? "/" : "").append(segment);
            }
        }
        return CrashPath.parse(this, path.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        return Glob.matcher(syntaxAndPattern);
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root);
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of(new CrashFileStore(volume));
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("a CrashDisk is memory only: drop it instead of closing it");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("a simulated disk has no users");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("a simulated disk cannot be watched: list the directory instead");
    }
}
