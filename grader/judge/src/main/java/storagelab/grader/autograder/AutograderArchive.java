package storagelab.grader.autograder;

import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;

/**
 * An autograder in one file: a zip archive with Gradescope's {@code setup.sh} and {@code run_autograder} at its root, a
 * script {@code grade} for other machines, and all that they read. Grading with it needs a JDK, no build and no network.
 */
public final class AutograderArchive {
    private static final Map<String, String> ZIP = Map.of("create", "true", "enablePosixFileAttributes", "true");
    private static final List<String> SCRIPTS = List.of("setup.sh", "run_autograder", "grade");

    private AutograderArchive() {}

    /**
     * Writes the archive {@code target}; replaces an older one.
     *
     * @param home a checkout that is built
     * @param libraries what this tool runs on
     */
    public static void write(Path target, Path home, Course course, Libraries libraries, AutograderOptions options)
            throws IOException {
        SortedMap<String, byte[]> files =
                new TreeMap<>(PrebuiltCourse.files(home, course, libraries, options.lastLab()));
        for (String script : SCRIPTS) {
            files.put(script, text(script, options));
        }
        files.put("README.md", text("README.md", options));
        for (String legal : List.of("LICENSE", "NOTICE")) {
            if (Files.exists(home.resolve(legal))) {
                files.put(legal, Files.readAllBytes(home.resolve(legal)));
            }
        }
        Path unfinished = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".autograder");
        try {
            Path zip = unfinished.resolve("autograder.zip");
            write(zip, files);
            Files.move(zip, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished.resolve("autograder.zip"));
            Files.delete(unfinished);
        }
    }

    private static void write(Path zip, SortedMap<String, byte[]> files) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), ZIP)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path entry = archive.getPath("/", file.getKey());
                Files.createDirectories(entry.getParent());
                Files.write(entry, file.getValue());
                String permissions = SCRIPTS.contains(file.getKey()) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    private static byte[] text(String name, AutograderOptions options) throws IOException {
        String text = Resources.toString(Resources.getResource(AutograderArchive.class, name), StandardCharsets.UTF_8);
        return text.replace("@OPTIONS@", options.words()).getBytes(StandardCharsets.UTF_8);
    }
}
