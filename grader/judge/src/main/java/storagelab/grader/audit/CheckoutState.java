package storagelab.grader.audit;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The sources and the built files of a checkout, by which one can tell whether a submission has changed any.
 *
 * @param files what each of them is, by its path: a hash of its bytes, or the time and the size of its last change, which the system
 *     keeps and no program can set back
 */
record CheckoutState(SortedMap<String, String> files) {
    /** Directories that gradings, audits and versioning write to themselves. */
    private static final Set<String> OWN =
            Set.of(".git", "audit", "surefire-reports", "maven-status", "my-labs", "lab-results");

    /** Below the grader's {@code target}: archives of loaded classes, which the lab command writes. */
    private static final String CLASS_ARCHIVE = ".jsa";

    /** What tells one file from another. */
    @FunctionalInterface
    private interface Mark {
        String of(Path file) throws IOException;
    }

    /** The checkout by the bytes of its files. */
    static CheckoutState byContent(Path home) throws IOException {
        return read(home, CheckoutState::hashOf);
    }

    /** The checkout by the last changes of its files, which takes little time. */
    static CheckoutState byChanges(Path home) throws IOException {
        return read(
                home, file -> Files.readAttributes(file, "unix:ctime,size,ino").toString());
    }

    private static CheckoutState read(Path home, Mark mark) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                return OWN.contains(name) && !isPackage(directory)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !file.toString().endsWith(CLASS_ARCHIVE)) {
                    files.put(home.relativize(file).toString(), mark.of(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new CheckoutState(files);
    }

    /** The audit's own package is called as its directory of work is. */
    private static boolean isPackage(Path directory) {
        return directory.getParent() != null && directory.getParent().endsWith("storagelab/grader");
    }

    static String hashOf(Path file) throws IOException {
        return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    }

    /** The files that are not the same in both. */
    List<String> changesTo(CheckoutState later) {
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(later.files.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(files.get(name), later.files.get(name)))
                .toList();
    }
}
