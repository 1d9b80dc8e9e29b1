package storagelab.grader.grade;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.io.FilenameUtils;
import storagelab.grader.course.Lab;

/**
 * Takes from a submission the files that a student may write, and lays them over the lab as it was handed out. No link
 * is followed, nothing but plain {@code .java} files below the lab's {@code src/main/java} is read, and of those only so
 * many and so large.
 */
final class Intake {
    private static final int FILES_MAX = 400;
    private static final int DEPTH_MAX = 20;
    private static final long FILE_BYTES_MAX = 200_000;
    private static final String STARTER = ".lab/starter";
    private static final Pattern SOURCE_PATH =
            Pattern.compile("([A-Za-z_$][\\w$]*/)+([A-Za-z_$][\\w$]*|package-info)\\.java");

    private final LabSources sources;
    private final Path handedOut;
    private final SortedMap<String, String> texts;
    private final SortedMap<String, String> refused = new TreeMap<>();
    private final Set<String> ignored = new TreeSet<>();
    private int files;

    private Intake(LabSources sources, Path handedOut) {
        this.sources = sources;
        this.handedOut = handedOut;
        this.texts = sources.starter();
    }

    /**
     * The sources to be graded.
     *
     * @param texts the whole lab, by path from {@code src/main/java}
     * @param refused sources that a student may write and that could not be taken, with the reason
     * @param ignored what else was left out, with the reason
     */
    record Taken(SortedMap<String, String> texts, SortedMap<String, String> refused, List<String> ignored) {}

    /** Whether the directory holds this lab at all. */
    static boolean holds(Path submission, Lab lab) {
        return isPlainDirectory(submission.resolve(lab.module()));
    }

    static Taken take(Path submission, LabSources sources) throws IOException {
        Path main = Path.of(sources.lab().module(), LabSources.MAIN.split("/"));
        Intake intake = new Intake(sources, submission.resolve(STARTER).resolve(main));
        Path root = submission;
        for (Path part : main) {
            root = root.resolve(part);
            if (!isPlainDirectory(root)) {
                return new Taken(intake.texts, intake.refused, List.of());
            }
        }
        intake.walk(root);
        return new Taken(intake.texts, intake.refused, new ArrayList<>(intake.ignored));
    }

    private static boolean isPlainDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void walk(Path root) throws IOException {
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEPTH_MAX, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path =
                        FilenameUtils.separatorsToUnix(root.relativize(file).toString());
                files++;
                if (files > FILES_MAX) {
                    ignored.add("everything after the first " + FILES_MAX + " files");
                    return FileVisitResult.TERMINATE;
                }
                String refusal = take(file, path, attributes);
                if (!refusal.isEmpty() && SOURCE_PATH.matcher(path).matches() && sources.isEditable(path)) {
                    refused.put(path, "it is " + refusal);
                } else if (!refusal.isEmpty()) {
                    ignored.add(path + " (" + refusal + ")");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (isPlainDirectory(file)) {
                    throw why; // what is in it may be the whole lab
                }
                ignored.add(root.relativize(file) + " (not readable)");
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Takes one file, or says why not. */
    private String take(Path file, String path, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a link";
        }
        if (!attributes.isRegularFile() || !SOURCE_PATH.matcher(path).matches()) {
            return "not a Java source";
        }
        if (!sources.isEditable(path) && !sources.isGiven(path)) {
            return "not in a package of an exercise";
        }
        if (attributes.size() > FILE_BYTES_MAX) {
            return "larger than " + FILE_BYTES_MAX + " bytes";
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            return "not UTF-8";
        } catch (IOException e) {
            return "not readable";
        }
        if (sources.isEditable(path)) {
            texts.put(path, text);
            return "";
        }
        if (text.equals(texts.get(path))) {
            return "";
        }
        return text.equals(handedOut(path))
                ? "of an earlier edition of the course; today's was used"
                : "given by the course, and not to be changed";
    }

    /** What the workspace says the file was when it was handed out; only good for choosing words. */
    private String handedOut(String path) {
        Path file = handedOut.resolve(path);
        try {
            boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= FILE_BYTES_MAX;
            return plain ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
