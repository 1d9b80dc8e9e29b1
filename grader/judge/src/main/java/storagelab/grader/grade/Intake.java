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
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
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
    private static final int VISITS_MAX = 100_000;
    private static final int DEPTH_MAX = 20;
    private static final long FILE_BYTES_MAX = 200_000;
    private static final String STARTER = ".lab/starter";
    private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
    private static final Pattern SOURCE_PATH = Pattern.compile("(" + NAME + "/)+(" + NAME + "|package-info)\\.java");
    private static final Pattern ROOT_SOURCE = Pattern.compile(NAME + "\\.java");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final LabSources sources;
    private final Path handedOut;
    private final SortedMap<String, String> texts;
    private final SortedMap<String, String> refused = new TreeMap<>();
    private final Set<String> ignored = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();
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
     * @param missing sources with an exercise that the submission does not have; they are as handed out
     * @param ignored what else was left out, with the reason
     */
    record Taken(
            SortedMap<String, String> texts,
            SortedMap<String, String> refused,
            SortedSet<String> missing,
            List<String> ignored) {}

    /** Whether the directory holds this lab at all. */
    static boolean holds(Path submission, Lab lab) {
        return isPlainDirectory(submission.resolve(lab.module()));
    }

    static Taken take(Path submission, LabSources sources) throws IOException {
        String main = sources.lab().module() + "/" + LabSources.MAIN;
        Intake intake = new Intake(sources, submission.resolve(STARTER).resolve(main));
        Path root = submission;
        for (String part : main.split("/")) {
            root = root.resolve(part);
            if (!isPlainDirectory(root)) {
                return intake.taken();
            }
        }
        intake.walk(root);
        return intake.taken();
    }

    private Taken taken() {
        SortedSet<String> missing = new TreeSet<>(sources.exerciseFiles());
        missing.removeAll(seen);
        return new Taken(texts, refused, missing, List.copyOf(ignored));
    }

    private static boolean isPlainDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void walk(Path root) throws IOException {
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEPTH_MAX, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = Normalizer.normalize(
                        FilenameUtils.separatorsToUnix(root.relativize(file).toString()), Normalizer.Form.NFC);
                if (!sources.isGiven(path)) {
                    files++;
                }
                if (files > FILES_MAX && !sources.isGiven(path)) {
                    ignored.add("all but " + FILES_MAX + " of the files that the lab does not have itself");
                    return files > VISITS_MAX ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
                seen.add(path);
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
            return ROOT_SOURCE.matcher(path).matches() ? "not in a package" : "not a Java source";
        }
        if (!sources.isEditable(path) && !sources.isGiven(path)) {
            return "not in a package of an exercise, nor in one of your own";
        }
        if (sources.isTest(path)) {
            return "named like a class of the course's tests: give it another name";
        }
        if (attributes.size() > FILE_BYTES_MAX) {
            return "larger than " + FILE_BYTES_MAX + " bytes";
        }
        String text;
        try {
            text = plain(Files.readString(file));
        } catch (CharacterCodingException e) {
            return "not UTF-8";
        } catch (IOException e) {
            return "not readable";
        }
        if (sources.isEditable(path)) {
            texts.put(path, text);
            return "";
        }
        if (text.equals(plain(texts.getOrDefault(path, "")))) {
            return "";
        }
        return text.equals(handedOut(path))
                ? "of an earlier edition of the course; today's was used"
                : "given by the course, and not to be changed";
    }

    /** A text as a compiler reads it: without the byte order mark that some editors write, and with the same ends of lines everywhere. */
    private static String plain(String text) {
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).replace("\r\n", "\n");
    }

    /** What the workspace says the file was when it was handed out; only good for choosing words. */
    private String handedOut(String path) {
        Path file = handedOut.resolve(path);
        try {
            boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= FILE_BYTES_MAX;
            return plain ? plain(Files.readString(file)) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
