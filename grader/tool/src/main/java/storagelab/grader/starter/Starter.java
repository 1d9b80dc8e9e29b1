package storagelab.grader.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/**
 * What a student gets of one lab. Paths have slashes and begin with the module: {@code lab-01-…/src/main/java/…}.
 *
 * @param sources the Java sources under {@code src/main}, cut
 * @param copied everything else, as it is in the checkout: pom, README, resources, public tests
 */
public record Starter(SortedMap<String, String> sources, SortedMap<String, Path> copied) {
    /** The annotation that no starter needs, as nothing is marked with it any more. */
    private static final String SOLUTION = "src/main/java/storagelab/course/Solution.java";

    public Starter {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        copied = Collections.unmodifiableSortedMap(new TreeMap<>(copied));
    }

    /**
     * The starter of {@code module}, such as {@code lab-01-binary-search}, of the checkout {@code home}. Two calls give
     * the same.
     */
    public static Starter of(Path home, String module) {
        SortedMap<String, String> sources = new TreeMap<>();
        SortedMap<String, Path> copied = new TreeMap<>();
        List<SourceFile.Source> marked = new ArrayList<>();
        for (Path file : files(home.resolve(module).resolve("src/main/java"))) {
            String path = slashed(home, file);
            String text = read(file);
            if (path.endsWith(SOLUTION)) {
                continue;
            }
            if (Stubber.isMarked(text)) {
                marked.add(new SourceFile.Source(path, text));
            } else {
                sources.put(path, text);
            }
        }
        for (SourceFile file : SourceFile.parseAll(marked)) {
            Stubber.starter(file).ifPresent(text -> sources.put(file.name(), text));
        }
        for (String folder : List.of("src/main/resources", "src/test")) {
            for (Path file : files(home.resolve(module).resolve(folder))) {
                copied.put(slashed(home, file), file);
            }
        }
        for (String single : List.of("pom.xml", "README.md")) {
            Path file = home.resolve(module).resolve(single);
            if (Files.exists(file)) {
                copied.put(slashed(home, file), file);
            }
        }
        return new Starter(sources, copied);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String slashed(Path home, Path file) {
        return home.relativize(file).toString().replace('\\', '/');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
