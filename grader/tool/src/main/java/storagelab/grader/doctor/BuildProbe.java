package storagelab.grader.doctor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.doctor.Facts.Build;

/** Compares the build that grading uses with its sources, by the rule of the script {@code lab}. */
final class BuildProbe {
    private static final Set<String> NOT_BUILT_FROM = Set.of("target", "zoo", "mutants", "contracts");

    private BuildProbe() {}

    static Build stateOf(Path home) throws IOException {
        Path stamp = home.resolve("grader/target/lab.built");
        if (!Files.isRegularFile(stamp)) {
            return Build.NONE;
        }
        FileTime built = Files.getLastModifiedTime(stamp);
        List<Path> sources = new ArrayList<>(List.of(home.resolve("pom.xml"), home.resolve("grader")));
        for (Path module : CourseCatalog.modules(home)) {
            sources.add(module.resolve("pom.xml"));
            sources.add(module.resolve("src"));
        }
        for (Path source : sources) {
            if (Files.exists(source) && hasNewer(source, built)) {
                return Build.STALE;
            }
        }
        return Build.CURRENT;
    }

    private static boolean hasNewer(Path source, FileTime built) throws IOException {
        AtomicBoolean newer = new AtomicBoolean();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skipped =
                        NOT_BUILT_FROM.contains(directory.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                newer.set(attributes.isRegularFile()
                        && attributes.lastModifiedTime().compareTo(built) > 0);
                return newer.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return newer.get();
    }
}
