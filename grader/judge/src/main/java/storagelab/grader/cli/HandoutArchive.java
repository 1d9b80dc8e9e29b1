package storagelab.grader.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A handout as one file. Files that are executable in the handout are executable after unpacking. */
final class HandoutArchive {
    private static final Map<String, String> OPTIONS = Map.of("create", "true", "enablePosixFileAttributes", "true");

    private HandoutArchive() {}

    /** Writes the directory {@code handout} into a zip file of the same name next to it; replaces an older one. */
    static Path of(Path handout) throws IOException {
        String name = handout.getFileName().toString();
        Path archive = handout.resolveSibling(name + ".zip");
        boolean unused = Files.deleteIfExists(archive);
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), OPTIONS)) {
            for (Path file : files(handout)) {
                Path entry =
                        zip.getPath(name, handout.relativize(file).toString().replace('\\', '/'));
                Files.createDirectories(entry.getParent());
                Files.copy(file, entry);
                String permissions = Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(permissions));
            }
        }
        return archive;
    }

    /** All files except those of a Git repository that the handout was written into, and what an update has replaced. */
    private static List<Path> files(Path handout) throws IOException {
        Path repository = handout.resolve(".git");
        Path kept = handout.resolve(".lab/kept");
        try (Stream<Path> walk = Files.walk(handout)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(repository) && !file.startsWith(kept))
                    .sorted()
                    .toList();
        }
    }
}
