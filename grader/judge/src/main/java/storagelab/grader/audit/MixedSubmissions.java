package storagelab.grader.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.starter.Starter;

/**
 * A folder of submissions to one exercise, as a course has it: right and wrong solutions of the zoo, some not begun, and one in twenty that is
 * hostile or damaged. Each differs from the others by a comment, so that none is graded for another.
 */
final class MixedSubmissions {
    private static final int HOSTILE_ONE_IN = 20;
    private static final Pattern CLASS = Pattern.compile("\\bclass \\w+[^{;]*\\{");

    /** What hostile submissions do when the reference's class, which they have otherwise, is first used. */
    private static final List<String> HOSTILE = List.of(
            "java.util.List<byte[]> all = new java.util.ArrayList<>(); while (true) { all.add(new byte[1 << 20]); }",
            "while (true) {}",
            "while (true) { new Thread(() -> { while (true) { Thread.yield(); } }).start(); }",
            "while (true) { System.out.println(\"x\".repeat(10_000)); }",
            "Runtime.getRuntime().halt(0);",
            "Object lock = \"lock\"; synchronized (lock) { Thread t = new Thread(() -> { synchronized (\"lock\") {} });"
                    + " t.start(); try { t.join(); } catch (InterruptedException e) { throw new AssertionError(e); } }",
            "throw new Error(\"<script>\" + \"x\".repeat(1_000_000));",
            "new Object() { void down() { down(); down(); } }.down();",
            "for (;;) { try { while (true) {} } catch (Throwable swallowed) {} }");

    private final Path directory;
    private final ExerciseSpec exercise;
    private final Map<String, Expected> expected = new TreeMap<>();

    private MixedSubmissions(Path directory, ExerciseSpec exercise) {
        this.directory = directory;
        this.exercise = exercise;
    }

    /** What a submission must get. */
    enum Expected {
        /** All points. */
        ALL,
        /** Less than all points. */
        NOT_ALL,
        /** No points. */
        NONE,
        /** A sentence, and no grade. */
        NOT_GRADED
    }

    /** Where they are. */
    Path directory() {
        return directory;
    }

    /** What each must get, by its name. */
    Map<String, Expected> expected() {
        return expected;
    }

    /** Writes {@code count} submissions to {@code exercise} into {@code directory}. */
    static MixedSubmissions write(
            AuditScope scope, Lab lab, ExerciseSpec exercise, int count, Path directory, CheckResult.Builder result)
            throws IOException {
        MixedSubmissions mixed = new MixedSubmissions(directory, exercise);
        Zoo zoo = Zoo.read(scope, lab, result);
        List<ZooAnimal> animals = zoo.animals().stream()
                .filter(animal -> animal.exercise().equals(exercise.id()))
                .filter(animal -> exercise.files().get(0).endsWith(Zoo.pathOf(animal)))
                .toList();
        String file = exercise.files().get(0);
        String reference = Files.readString(scope.home().resolve(file));
        String starter = Starter.of(scope.home(), lab.module()).sources().getOrDefault(file, "");
        List<Written> honest =
                new ArrayList<>(List.of(new Written(reference, Expected.ALL), new Written(starter, Expected.NONE)));
        for (ZooAnimal animal : animals) {
            Optional<String> source = zoo.source(animal, result);
            source.ifPresent(text -> honest.add(new Written(text, animal.isWrong() ? Expected.NOT_ALL : Expected.ALL)));
        }
        for (int number = 0; number < count; number++) {
            if (number % HOSTILE_ONE_IN == HOSTILE_ONE_IN / 2) {
                mixed.writeHostile(number, reference);
            } else {
                mixed.write(number, honest.get(number % honest.size()));
            }
        }
        return mixed;
    }

    private record Written(String text, Expected expected) {}

    private void writeHostile(int number, String reference) throws IOException {
        int kind = number / HOSTILE_ONE_IN % (HOSTILE.size() + 1);
        if (kind == HOSTILE.size()) {
            Files.writeString(directory.resolve(name(number) + ".zip"), "not an archive " + number);
            expected.put(name(number), Expected.NOT_GRADED);
            return;
        }
        Matcher start = CLASS.matcher(reference);
        if (!start.find()) {
            throw new IllegalStateException("no class in the file of " + exercise.id());
        }
        String text =
                reference.substring(0, start.end()) + initializer(HOSTILE.get(kind)) + reference.substring(start.end());
        write(number, new Written(text, Expected.NONE));
    }

    /** The statements in a static initializer; the condition holds, and the compiler does not know it. */
    private static String initializer(String statements) {
        return " static { if (System.nanoTime() != 0) { " + statements + " } } ";
    }

    /** Classes that each do one of the hostile things when they are first used. */
    static List<String> hostileClasses() {
        return HOSTILE.stream()
                .map(statements -> "class Hostile {" + initializer(statements) + "}")
                .toList();
    }

    /** Every third one as a directory, the others as archives. */
    private void write(int number, Written work) throws IOException {
        String text = work.text() + "\n// submission " + number + "\n";
        String file = exercise.files().get(0);
        if (number % 3 == 0) {
            Path target = directory.resolve(name(number)).resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        } else {
            try (OutputStream out = Files.newOutputStream(directory.resolve(name(number) + ".zip"));
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("my-labs/" + file));
                zip.write(text.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        expected.put(name(number), work.expected());
    }

    private static String name(int number) {
        return "s%05d".formatted(number);
    }
}
