package storagelab.grader.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.FilenameUtils;

/** The files below a directory. A directory that cannot be read ends it, since what is in it may be all there is. */
final class DirectoryTree implements FileTree {
    /** What is built, and what is not a student's. A repository may have a hundred thousand files there. */
    private static final Set<String> SKIPPED = Set.of(".git", "target", "__MACOSX", "node_modules");

    private final Path root;
    private final EntryIndex<BasicFileAttributes> index = new EntryIndex<>();

    /** All files below {@code root}. */
    DirectoryTree(Path root) throws IOException {
        this(root, root);
    }

    /** The files of {@code root} that are below {@code start}, or are it. */
    DirectoryTree(Path root, Path start) throws IOException {
        this.root = root;
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                Path name = directory.getFileName();
                boolean skip = !directory.equals(root) && name != null && SKIPPED.contains(name.toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                index.add(FilenameUtils.separatorsToUnix(root.relativize(file).toString()), attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw why;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public List<Entry> entries() {
        return index.entries(
                DirectoryTree::kind,
                attributes -> Optional.of(attributes.lastModifiedTime().toInstant()));
    }

    private static Kind kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Kind.LINK;
        }
        return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    }

    @Override
    public List<String> refused() {
        return index.refused();
    }

    @Override
    public byte[] read(Entry file, int bytesMax) throws IOException {
        Path path = root.resolve(file.path());
        try (InputStream content = Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return content.readNBytes(bytesMax);
        }
    }

    @Override
    public void close() {}
}
