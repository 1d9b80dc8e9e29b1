package storagelab.grader.batch;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import storagelab.grader.course.Course;
import storagelab.grader.course.Lab;

/**
 * A SHA-256 of everything besides the submission that a verdict depends on: the tool and its libraries, the reference, and the
 * public and hidden tests. A jar that is built again from the same sources has the same hash.
 */
final class CourseHash {
    private final Hasher hasher = Hashing.sha256().newHasher();

    private CourseHash() {}

    /** The hash of the course in {@code home}, as this JVM's class path grades it. */
    static String of(Path home, Course course) throws IOException {
        CourseHash hash = new CourseHash();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                hash.addDirectory(path);
            } else if (Files.isRegularFile(path)) {
                hash.addJar(path);
            }
        }
        for (Lab lab : course.labs()) {
            hash.addDirectory(home.resolve(lab.module()).resolve("src/main/java"));
            hash.addDirectory(home.resolve(lab.module()).resolve("target/test-classes"));
        }
        return hash.hasher.hash().toString();
    }

    private void addJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
            entries.sort(Comparator.comparing(ZipEntry::getName));
            for (ZipEntry entry : entries) {
                boolean isAboutTheBuild = entry.getName().startsWith("META-INF/maven/");
                if (!entry.isDirectory() && !isAboutTheBuild) {
                    addText(entry.getName());
                    hasher.putLong(entry.getCrc());
                }
            }
        }
    }

    private void addDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            addText(directory.relativize(file).toString());
            hasher.putBytes(Hashing.sha256().hashBytes(Files.readAllBytes(file)).asBytes());
        }
    }

    private void addText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hasher.putInt(bytes.length).putBytes(bytes);
    }
}
