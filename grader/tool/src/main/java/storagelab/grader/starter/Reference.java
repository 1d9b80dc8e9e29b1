package storagelab.grader.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storagelab.grader.LabException;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.splice.Markers;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/** The reference's sources, as a student may see them: without {@code @Solution} marks. */
public final class Reference {
    private final Path home;

    /** The reference in the checkout {@code home}. */
    public Reference(Path home) {
        this.home = home;
    }

    /** The parsed file at {@code path}, with its marks. */
    SourceFile marked(String path) {
        Path file = home.resolve(path);
        if (!Files.exists(file)) {
            throw new LabException(
                    "The reference has no " + path + " any more.",
                    "This workspace is of another version of the course: make a new one with ./lab start.");
        }
        return SourceFile.parse(path, read(file));
    }

    /** The text at {@code path}. */
    public String text(String path) {
        return Stubber.unmarked(marked(path));
    }

    /**
     * The files that {@code exercise} brings with it: its own and, of those that only the reference has, the ones that
     * these mention.
     */
    public SortedMap<String, String> files(ExerciseSpec exercise) {
        SortedMap<String, String> files = new TreeMap<>();
        exercise.files().forEach(path -> files.put(path, text(path)));
        files.putAll(helpersOf(files));
        return files;
    }

    /** The files that no starter has and that {@code texts} mention, directly or through each other. */
    SortedMap<String, String> helpersOf(Map<String, String> texts) {
        SortedMap<String, String> helpers = new TreeMap<>();
        if (texts.isEmpty()) {
            return helpers;
        }
        String module = texts.keySet().iterator().next().split("/", 2)[0];
        Map<String, String> left = solutionFiles(module);
        String mentioned = String.join("\n", texts.values());
        for (boolean grew = true; grew; ) {
            grew = false;
            for (String path : List.copyOf(left.keySet())) {
                String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
                if (mentioned.matches("(?s).*\\b" + name + "\\b.*")) {
                    String text = left.remove(path);
                    helpers.put(path, text);
                    mentioned += text;
                    grew = true;
                }
            }
        }
        return helpers;
    }

    private Map<String, String> solutionFiles(String module) {
        Path folder = home.resolve(module).resolve("src/main/java");
        try (Stream<Path> walk = Files.walk(folder)) {
            List<SourceFile.Source> candidates = walk.filter(
                            file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> new SourceFile.Source(
                            home.relativize(file).toString().replace('\\', '/'), read(file)))
                    .filter(source -> source.text().contains("@Solution"))
                    .toList();
            return SourceFile.parseAll(candidates).stream()
                    .filter(file -> file.types().stream().allMatch(Markers::isSolution))
                    .collect(Collectors.toMap(SourceFile::name, Stubber::unmarked, (one, two) -> one, TreeMap::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
