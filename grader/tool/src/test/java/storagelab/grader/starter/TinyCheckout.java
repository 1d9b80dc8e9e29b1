package storagelab.grader.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkout with one small lab of three exercises, two of them in one file, and one lab to come. */
public final class TinyCheckout {
    private static final String MODULE = "lab-01-tiny/";
    private static final String CODE = MODULE + "src/main/java/tiny/";

    /** Where exercises 1.1 and 1.2 are. */
    public static final String PAIR = CODE + "Pair.java";

    /** Where exercise 1.3 is. */
    public static final String SINGLE = CODE + "Single.java";

    /** A file that only the reference has. */
    public static final String HELPER = CODE + "Helper.java";

    private TinyCheckout() {}

    /** Writes it into {@code home}. */
    public static void write(Path home) {
        put(home, "pom.xml", read(Path.of("../../pom.xml")));
        put(home, "lab", "#!/bin/sh\n");
        put(home, "lab.cmd", "@echo off\r\n");
        put(home, "LICENSE", "Apache-2.0\n");
        put(home, "grader/pom.xml", "<project/>\n");
        put(home, "grader/course/lab-01/target/grader-course-lab-01-1.0-bench.jar", "benchmarks");
        put(home, "grader/target/lib/grader-tool-1.0.jar", "tool");
        put(home, "grader/target/lib/grader-course-lab-01-1.0.jar", "hidden tests");
        put(home, "grader/target/lib/lab-01-tiny-1.0.jar", "reference");
        put(home, "grader/target/lib/guava.jar", "guava");
        put(
                home,
                "notes/formats/pair.md",
                "# Pair\n\n[decision](../decisions/pair.md), [lab](../../lab-01-tiny/README.md)\n");
        put(home, "notes/decisions/pair.md", "# Why\n");
        put(home, MODULE + "pom.xml", "<project/>\n");
        put(
                home,
                MODULE + "README.md",
                "# Lab 1: tiny things\n\n[format](../notes/formats/pair.md) [gone](../grader/pom.xml)\n");
        put(
                home,
                MODULE + "hints/1.1.md",
                "# 1.1\n\nFor authors.\n\n## A nudge\n\nLook.\n\n## The answer\n\nReturn 1.\n");
        put(home, MODULE + "src/test/java/tiny/PairTest.java", "package tiny;\n\nclass PairTest {}\n");
        put(home, MODULE + "src/main/java/storagelab/course/Solution.java", "package storagelab.course;\n");
        put(home, PAIR, PAIR_TEXT);
        put(home, SINGLE, SINGLE_TEXT);
        put(home, HELPER, HELPER_TEXT);
        put(home, CODE + "Given.java", "package tiny;\n\nfinal class Given {}\n");
        put(home, "lab-02-coming/pom.xml", "<project/>\n");
        put(home, "lab-02-coming/README.md", "# Lab 2: things to come\n");
    }

    private static final String PAIR_TEXT = """
            package tiny;

            import storagelab.course.Difficulty;
            import storagelab.course.Exercise;
            import storagelab.course.Solution;

            final class Pair {
                @Exercise(id = "1.1", title = "One", points = 2, difficulty = Difficulty.EASY, hours = 1)
                int one() {
                    return secret();
                }

                @Exercise(id = "1.2", title = "Two", points = 3, difficulty = Difficulty.EASY, hours = 1, needs = "1.1")
                int two() {
                    return 2 * one();
                }

                @Solution
                private int secret() {
                    return 1;
                }
            }
            """;

    private static final String SINGLE_TEXT = """
            package tiny;

            import storagelab.course.Difficulty;
            import storagelab.course.Exercise;

            @Exercise(id = "1.3", title = "Three", points = 5, difficulty = Difficulty.HARD, hours = 2, needs = "1.2")
            public final class Single {
                private final Helper helper = new Helper();

                public int three() {
                    return helper.help();
                }
            }
            """;

    private static final String HELPER_TEXT = """
            package tiny;

            import storagelab.course.Solution;

            /** Knows three. */
            @Solution
            final class Helper {
                int help() {
                    return 3;
                }
            }
            """;

    private static void put(Path home, String path, String text) {
        try {
            Path file = home.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
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
