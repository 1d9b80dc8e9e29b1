package storagelab.grader.autograder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.grader.cli.LabCalls;
import storagelab.grader.cli.LabCalls.Said;

/** Autograders of this checkout, and what is in them. */
final class Autograders {
    static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    static final LabCalls LAB = new LabCalls(HOME);

    private Autograders() {}

    /** Writes the archive {@code directory/autograder.zip} for lab 1, without benchmarks. */
    static Path ofLab1(Path directory) {
        Said said = LAB.in(directory, "autograder", "autograder.zip", "--lab", "1", "--no-bench", "--seed", "7");
        if (said.exit() != 0) {
            throw new AssertionError(said.err());
        }
        return directory.resolve("autograder.zip");
    }

    /** Unpacks an archive as Gradescope does. */
    static void unpack(Path archive, Path directory) throws IOException {
        SortedMap<String, Set<PosixFilePermission>> entries = entries(archive);
        try (FileSystem zip = open(archive)) {
            for (Map.Entry<String, Set<PosixFilePermission>> entry : entries.entrySet()) {
                Path file = directory.resolve(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getPath(entry.getKey()), file);
                Files.setPosixFilePermissions(file, entry.getValue());
            }
        }
    }

    /** The files of an archive with their permissions. */
    static SortedMap<String, Set<PosixFilePermission>> entries(Path archive) throws IOException {
        SortedMap<String, Set<PosixFilePermission>> entries = new TreeMap<>();
        try (FileSystem zip = open(archive);
                Stream<Path> walk = Files.walk(zip.getPath("/"))) {
            walk.filter(Files::isRegularFile)
                    .forEach(file -> entries.put(file.toString().substring(1), permissions(file)));
        }
        return entries;
    }

    private static FileSystem open(Path archive) throws IOException {
        return FileSystems.newFileSystem(
                URI.create("jar:" + archive.toUri()), Map.of("enablePosixFileAttributes", "true"));
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
