package storagelab.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.disk.Node.DirectoryNode;

/**
 * Translates the calls of {@code Files} and {@code FileChannel.open} to those of a {@link Volume}. Each disk has its own
 * provider, so that copying between two disks goes the way of copying between any two file systems.
 */
final class CrashFileSystemProvider extends FileSystemProvider {
    private final CrashFileSystem fileSystem;

    CrashFileSystemProvider(CrashFileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    private Volume volume() {
        return fileSystem.volume();
    }

    private CrashPath own(Path path) {
        if (path instanceof CrashPath own && own.getFileSystem() == fileSystem) {
            return own;
        }
        throw new ProviderMismatchException("the path " + path + " is not of this disk");
    }

    private @Nullable Node findOrNull(CrashPath path) throws IOException {
        try {
            return volume().find(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public String getScheme() {
        return "crashdisk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("make a disk with CrashDisk.create()");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("a CrashDisk has no URI: keep the Path that CrashDisk.root() gave");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("a CrashDisk has no URI: keep the Path that CrashDisk.root() gave");
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        refuse(attributes);
        return CrashFileChannel.open(own(path), new OpenMode(options));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    private static void refuse(FileAttribute<?>... attributes) {
        if (attributes.length > 0) {
            throw new UnsupportedOperationException(
                    "a simulated disk has no attribute \"" + attributes[0].name() + "\": create without it");
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return new CrashDirectoryStream(path, volume().list(own(path)), filter);
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        refuse(attributes);
        volume().createDirectory(own(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        volume().delete(own(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Set<CopyOption> chosen = checked(options);
        if (!chosen.contains(StandardCopyOption.ATOMIC_MOVE)) {
            Node moved = volume().find(own(source));
            if (moved == findOrNull(own(target))) {
                return;
            }
            makeRoom(own(target), chosen);
        }
        volume().rename(own(source), own(target));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Set<CopyOption> chosen = checked(options);
        if (chosen.contains(StandardCopyOption.ATOMIC_MOVE)) {
            throw new UnsupportedOperationException("a copy cannot be atomic: copy to another name, then move that");
        }
        Node copied = volume().find(own(source));
        if (copied == findOrNull(own(target))) {
            return;
        }
        makeRoom(own(target), chosen);
        if (copied instanceof DirectoryNode) {
            volume().createDirectory(own(target));
        } else {
            copyBytes(source, target);
        }
        if (chosen.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
            volume().setModified(own(target), volume().attributes(own(source)).lastModifiedTime());
        }
    }

    private void copyBytes(Path source, Path target) throws IOException {
        try (FileChannel from = newFileChannel(source, Set.of(StandardOpenOption.READ));
                FileChannel to =
                        newFileChannel(target, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW))) {
            long copied = 0;
            for (long moved = 1; moved > 0; copied += moved) {
                moved = from.transferTo(copied, Long.MAX_VALUE, to);
            }
        }
    }

    private static Set<CopyOption> checked(CopyOption... options) {
        Set<CopyOption> chosen = Set.of(options);
        for (CopyOption option : chosen) {
            if (!(option instanceof StandardCopyOption) && option != LinkOption.NOFOLLOW_LINKS) {
                throw new UnsupportedOperationException("unknown option " + option);
            }
        }
        return chosen;
    }

    /** Deletes what a move or copy may replace. It is a change of its own, after which a crash leaves neither file. */
    private void makeRoom(CrashPath target, Set<CopyOption> options) throws IOException {
        Node replaced = findOrNull(target);
        if (replaced == null) {
            return;
        }
        if (!options.contains(StandardCopyOption.REPLACE_EXISTING)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (replaced instanceof DirectoryNode && !volume().list(target).isEmpty()) {
            throw new DirectoryNotEmptyException(target.toString());
        }
        volume().delete(target);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        if (path.equals(other)) {
            return true;
        }
        return other instanceof CrashPath that
                && that.getFileSystem() == fileSystem
                && volume().find(own(path)) == volume().find(that);
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        volume().find(own(path));
        return new CrashFileStore(volume());
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        volume().find(own(path));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException("a simulated disk has basic attributes only, not " + type);
        }
        return (A) volume().attributes(own(path));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        String names = attributes.substring(attributes.indexOf(':') + 1);
        if (!attributes.equals(names) && !attributes.startsWith("basic:")) {
            throw new UnsupportedOperationException("a simulated disk has basic attributes only, not " + attributes);
        }
        Map<String, Object> all = volume().attributes(own(path)).byName();
        Map<String, Object> wanted = new TreeMap<>();
        for (String name : names.split(",", -1)) {
            if (name.equals("*")) {
                return all;
            }
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException("'" + name + "' not recognized");
            }
            wanted.put(name, all.get(name));
        }
        return wanted;
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new View(own(path))) : null;
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        if (!attribute.equals("lastModifiedTime") && !attribute.equals("basic:lastModifiedTime")) {
            throw new UnsupportedOperationException("only lastModifiedTime can be set, not " + attribute);
        }
        volume().setModified(own(path), (FileTime) value);
    }

    /** The attribute view "basic" of a path. */
    private final class View implements BasicFileAttributeView {
        private final CrashPath path;

        View(CrashPath path) {
            this.path = path;
        }

        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return volume().attributes(path);
        }

        @Override
        public void setTimes(@Nullable FileTime lastModified, @Nullable FileTime lastAccess, @Nullable FileTime created)
                throws IOException {
            if (lastModified != null) {
                volume().setModified(path, lastModified);
            }
        }
    }
}
