package storagelab.grader.splice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import storagelab.grader.LabException;

/** Before and after; every after must compile, and be its own starter. */
class StubberTest {
    private static final String EXERCISE =
            "@Exercise(id = \"1.1\", title = \"t\", points = 1, difficulty = Difficulty.EASY, hours = 1)";
    private static final String IMPORTS = "import storagelab.course.Difficulty;\nimport storagelab.course.Exercise;\n";
    private static final String STARTER_IMPORTS = IMPORTS + "import storagelab.course.ExerciseNotDone;\n";

    @Test
    void aMethodKeepsItsSignatureAndJavadocAndLosesItsBody() {
        stubs("""
                package x;

                import java.util.List;
                import java.util.Optional;
                import storagelab.course.Difficulty;
                import storagelab.course.Exercise;

                /** Finds things, like {@link Optional}. */
                final class Finder {
                    private Finder() {}

                    /**
                     * The task, with {@code a worked example}.
                     */
                    %s
                    @SuppressWarnings("unchecked")
                    public static <T extends Comparable<? super T>>   int find( List<? extends T> all , T one ){
                        // the way of the reference: { } "
                        for (int i = 0; i < all.size(); i++) { if (all.get(i).compareTo(one) == 0) return i; }
                        return -1; /* } */
                    }

                    static int given() { return 1;  } // stays
                }
                """.formatted(EXERCISE), """
                package x;

                import java.util.List;
                import java.util.Optional;
                import storagelab.course.Difficulty;
                import storagelab.course.Exercise;
                import storagelab.course.ExerciseNotDone;

                /** Finds things, like {@link Optional}. */
                final class Finder {
                    private Finder() {}

                    /**
                     * The task, with {@code a worked example}.
                     */
                    %s
                    @SuppressWarnings("unchecked")
                    public static <T extends Comparable<? super T>>   int find( List<? extends T> all , T one ){
                        throw new ExerciseNotDone("1.1");
                    }

                    static int given() { return 1;  } // stays
                }
                """.formatted(EXERCISE));
    }

    @Test
    void aPartIsStubbedWithTheIdOfItsExercise() {
        stubs("""
                package x;

                import storagelab.course.ExercisePart;

                class A {
                    @ExercisePart("1.7")
                    int f() { return 1; }
                }
                """, """
                package x;

                import storagelab.course.ExerciseNotDone;
                import storagelab.course.ExercisePart;

                class A {
                    @ExercisePart("1.7")
                    int f() {
                        throw new ExerciseNotDone("1.7");
                    }
                }
                """);
    }

    @Test
    void solutionsGoWithTheirCommentsAndTheImportsOnlyTheyUsed() {
        stubs("""
                package x;

                import static java.util.Objects.hash;
                import static java.util.Objects.requireNonNull;

                import java.util.ArrayDeque;
                import java.util.List;
                %simport storagelab.course.Solution;

                class A {
                    private final List<String> names; // stays with the names
                    // the trick
                    @Solution
                    private final ArrayDeque<String> queue = new ArrayDeque<>(); // and why

                    A(List<String> names) {
                        this.names = requireNonNull(names);
                    }

                    /** Helps {@code f}. */
                    @Solution
                    private static int help(String text) {
                        return hash(text);
                    }

                    %s
                    public int f() {
                        return help(names.get(0)) + queue.size() + new Node(1).depth;
                    }

                    @Solution private record Node(int depth) {}

                    int last() {
                        return 2;
                    }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                import static java.util.Objects.requireNonNull;

                import java.util.List;
                %s
                class A {
                    private final List<String> names; // stays with the names

                    A(List<String> names) {
                        this.names = requireNonNull(names);
                    }

                    %s
                    public int f() {
                        throw new ExerciseNotDone("1.1");
                    }

                    int last() {
                        return 2;
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void aGroupOfImportsThatGoesLeavesOneBlankLine() {
        stubs("""
                package x;

                import static java.util.Objects.hash;

                %s
                class A {
                    %s
                    int f() {
                        return hash("a");
                    }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                %s
                class A {
                    %s
                    int f() {
                        throw new ExerciseNotDone("1.1");
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void constructorsKeepWhatTheirSuperclassNeeds() {
        stubs("""
                package x;

                %s
                class A {
                    private final int size;
                    private final String name;

                    %s
                    A(int size) {
                        this(size, "a" + size);
                        System.out.println();
                    }

                    @storagelab.course.ExercisePart("1.1")
                    A(int size, String name) {
                        this.size = size;
                        this.name = name;
                    }

                    static class Problem extends RuntimeException {
                        @storagelab.course.ExercisePart("1.1")
                        Problem(int size) {
                            super("size " + size);
                            System.out.println(size);
                        }

                        @storagelab.course.ExercisePart("1.1")
                        Problem(long size) {
                            this((int) size);
                        }
                    }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                %s
                class A {
                    private final int size;
                    private final String name;

                    %s
                    A(int size) {
                        throw new ExerciseNotDone("1.1");
                    }

                    @storagelab.course.ExercisePart("1.1")
                    A(int size, String name) {
                        throw new ExerciseNotDone("1.1");
                    }

                    static class Problem extends RuntimeException {
                        @storagelab.course.ExercisePart("1.1")
                        Problem(int size) {
                            super("size " + size);
                            throw new ExerciseNotDone("1.1");
                        }

                        @storagelab.course.ExercisePart("1.1")
                        Problem(long size) {
                            this((int) size);
                            throw new ExerciseNotDone("1.1");
                        }
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void aMarkedTypeKeepsItsPublicFaceAndWhatIsGiven() {
        stubs("""
                package x;

                import java.io.Closeable;
                import java.util.HashMap;
                import java.util.Map;
                import storagelab.course.Difficulty;
                import storagelab.course.Exercise;
                import storagelab.course.Given;

                /** What it is. */
                %s
                final class Log implements Closeable {
                    private static final int LIMIT = 5;

                    // An essay on the reference's way.

                    /** Newest value of each key. */
                    private final Map<String, String> index = new HashMap<>();
                    /** A promise. */
                    public static final int VERSION = 1;

                    static {
                        System.setProperty("a", "b");
                    }

                    private Log(int unused) {}

                    private Log(String unused) {
                        super();
                    }

                    /** Opens. */
                    public static Log open() {
                        return new Log(LIMIT);
                    }

                    /** A line. */
                    public record Line(int number, String text) {
                        public Line {
                            if (number < 0) throw new IllegalArgumentException();
                        }

                        private int twice() { return 2 * number; }
                    }

                    private static final class Node { int x; }

                    void packagePrivate() {}

                    @Given
                    void packagePrivateGiven() { LineCount.count(); }

                    /** Counts; {@code "}"}. */
                    @Given
                    private static final class LineCount {
                        static int count() { return '"' + '\\''; }
                    }

                    @Override
                    public void close() { index.clear(); }

                    @Given
                    public String help() {
                        return \"""
                            { text \\\""" block
                            \""";
                    }

                    protected <T> T inherit(T it) { return it; }
                }
                """.formatted(EXERCISE), """
                package x;

                import java.io.Closeable;
                import storagelab.course.Difficulty;
                import storagelab.course.Exercise;
                import storagelab.course.ExerciseNotDone;
                import storagelab.course.Given;

                /** What it is. */
                %s
                final class Log implements Closeable {
                    /** A promise. */
                    public static final int VERSION = 1;

                    private Log() {}

                    /** Opens. */
                    public static Log open() {
                        throw new ExerciseNotDone("1.1");
                    }

                    /** A line. */
                    public record Line(int number, String text) {
                        public Line {
                            if (number < 0) throw new IllegalArgumentException();
                        }

                        private int twice() { return 2 * number; }
                    }

                    @Given
                    void packagePrivateGiven() { LineCount.count(); }

                    /** Counts; {@code "}"}. */
                    @Given
                    private static final class LineCount {
                        static int count() { return '"' + '\\''; }
                    }

                    @Override
                    public void close() {
                        throw new ExerciseNotDone("1.1");
                    }

                    @Given
                    public String help() {
                        return \"""
                            { text \\\""" block
                            \""";
                    }

                    protected <T> T inherit(T it) {
                        throw new ExerciseNotDone("1.1");
                    }
                }
                """.formatted(EXERCISE));
    }

    @Test
    void aMarkedRecordKeepsItsHeaderAndItsConstructorsSignature() {
        stubs("""
                package x;

                %s
                %s
                record Range(int from, int to) {
                    public Range {
                        if (from > to) {
                            throw new IllegalArgumentException();
                        }
                    }

                    public Range(int to) {
                        this(0, to);
                    }

                    public int length() {
                        return to - from;
                    }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                %s
                %s
                record Range(int from, int to) {
                    public Range {
                        throw new ExerciseNotDone("1.1");
                    }

                    public Range(int to) {
                        this(0, to);
                        throw new ExerciseNotDone("1.1");
                    }

                    public int length() {
                        throw new ExerciseNotDone("1.1");
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void aMarkedEnumKeepsItsConstantsAndWhatTheyAreMadeOf() {
        stubs("""
                package x;

                import java.util.function.IntUnaryOperator;
                %s
                %s
                enum Step implements IntUnaryOperator {
                    UP(1) {
                        @Override
                        public int applyAsInt(int x) {
                            return x + size;
                        }
                    }, // grows
                    DOWN(2) {
                        @Override
                        public int applyAsInt(int x) {
                            return helper(x) - size;
                        }
                    };

                    final int size;

                    Step(int size) {
                        this.size = size;
                    }

                    private static int helper(int x) {
                        return x;
                    }

                    public int size() {
                        return size;
                    }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                import java.util.function.IntUnaryOperator;
                %s
                %s
                enum Step implements IntUnaryOperator {
                    UP(1) {
                        @Override
                        public int applyAsInt(int x) {
                            throw new ExerciseNotDone("1.1");
                        }
                    }, // grows
                    DOWN(2) {
                        @Override
                        public int applyAsInt(int x) {
                            throw new ExerciseNotDone("1.1");
                        }
                    };

                    final int size;

                    Step(int size) {
                        this.size = size;
                    }

                    public int size() {
                        throw new ExerciseNotDone("1.1");
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void aMarkedInterfaceKeepsItsAbstractMethods() {
        stubs("""
                package x;

                %s
                %s
                interface Shape {
                    int SIDES = 4;

                    int area();

                    default int twice() { return 2 * area() * one(); }

                    private int one() {
                        return 1;
                    }

                    static Shape unit() { return () -> 1; }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                %s
                %s
                interface Shape {
                    int SIDES = 4;

                    int area();

                    default int twice() {
                        throw new ExerciseNotDone("1.1");
                    }

                    static Shape unit() {
                        throw new ExerciseNotDone("1.1");
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void anotherExerciseInsideAMarkedTypeKeepsItsOwnId() {
        stubs("""
                package x;

                %s
                %s
                class A {
                    public void f() {}

                    @storagelab.course.ExercisePart("1.2")
                    void g() {}

                    @storagelab.course.ExercisePart("1.2")
                    static class Inner {
                        private int x;

                        public void h() {}
                    }
                }
                """.formatted(IMPORTS, EXERCISE), """
                package x;

                %s
                %s
                class A {
                    public void f() {
                        throw new ExerciseNotDone("1.1");
                    }

                    @storagelab.course.ExercisePart("1.2")
                    void g() {
                        throw new ExerciseNotDone("1.2");
                    }

                    @storagelab.course.ExercisePart("1.2")
                    static class Inner {
                        public void h() {
                            throw new ExerciseNotDone("1.2");
                        }
                    }
                }
                """.formatted(STARTER_IMPORTS, EXERCISE));
    }

    @Test
    void oddLayoutSurvives() {
        stubs(
                "package x;\r\n\r\nimport storagelab.course.ExercisePart;\r\n\r\nclass A\r\n{\r\n"
                        + "\t@ExercisePart(\"1.1\")   int   f()\r\n\t{\r\n\t\treturn 1;\r\n\t}   int g(){return 2;}\r\n}",
                "package x;\r\n\r\nimport storagelab.course.ExerciseNotDone;\r\n"
                        + "import storagelab.course.ExercisePart;\r\n\r\nclass A\r\n{\r\n"
                        + "\t@ExercisePart(\"1.1\")   int   f()\r\n\t{\r\n"
                        + "\t    throw new ExerciseNotDone(\"1.1\");\r\n\t}   int g(){return 2;}\r\n}");
    }

    @Test
    void aTopLevelSolutionTypeGoesAndTheRestOfItsFileStays() {
        stubs("""
                package x;

                import storagelab.course.Solution;

                class A {}

                /** Helps. */
                @Solution
                class Helper {}
                """, """
                package x;

                class A {}
                """);
    }

    @Test
    void aFileOfSolutionsOnlyHasNoStarter() {
        SourceFile file = SourceFile.parse("A.java", "package x;\n@storagelab.course.Solution class A {}\n");

        assertThat(Stubber.starter(file).isEmpty(), is(true));
    }

    @Test
    void aFileWithoutMarkersStaysAsItIs() {
        stubs(
                "package x;\n\nimport java.util.List;\n\nclass A {}\n",
                "package x;\n\nimport java.util.List;\n\nclass A {}\n");
    }

    @Test
    void oneExerciseAloneCanBeStubbedAndTheSolutionsStay() {
        String before = """
                package x;

                import storagelab.course.ExercisePart;
                import storagelab.course.Solution;

                class A {
                    @ExercisePart("1.1")
                    int f() {
                        return help();
                    }

                    @ExercisePart("1.2")
                    int g() {
                        return help();
                    }

                    @Solution
                    private int help() {
                        return 1;
                    }
                }
                """;

        String after = Stubber.without(SourceFile.parse("A.java", before), "1.2");

        assertThat(
                after,
                equalTo(before.replace(
                                "import storagelab.course.ExercisePart;",
                                "import storagelab.course.ExerciseNotDone;\nimport storagelab.course.ExercisePart;")
                        .replace(
                                "int g() {\n        return help();",
                                "int g() {\n        throw new ExerciseNotDone(\"1.2\");")));
        assertThat(InMemoryCompiler.errors(Map.of("x.A", after)), is(empty()));
    }

    @Test
    void theAnnotationCanBeTakenOffTheReference() {
        String before = """
                package x;

                import storagelab.course.ExercisePart;
                import storagelab.course.Solution;

                class A {
                    /** Helps. */
                    @Solution
                    private int help() {
                        return 1;
                    }

                    @Solution private int x;
                }
                """;

        assertThat(Stubber.unmarked(SourceFile.parse("A.java", before)), equalTo("""
                        package x;

                        import storagelab.course.ExercisePart;

                        class A {
                            /** Helps. */
                            private int help() {
                                return 1;
                            }

                            private int x;
                        }
                        """));
    }

    @Test
    void aSourceThatIsNotJavaIsNamedWithItsLine() {
        SyntaxException problem =
                assertThrows(SyntaxException.class, () -> SourceFile.parse("A.java", "class A {\n  int = 3;\n}\n"));

        assertThat(problem.file() + ":" + problem.line(), is("A.java:2"));
    }

    @Test
    void anEnumConstantCannotBeASolution() {
        SourceFile file = SourceFile.parse("A.java", "enum A {\n  X,\n  @Solution Y\n}\n");

        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> Stubber.starter(file));

        assertThat(problem.getMessage(), is("A.java:3: an enum constant cannot be @Solution"));
    }

    private static void stubs(String before, String after) {
        String starter = starter(before);

        assertThat(starter, equalTo(after));
        assertThat("the starter of a starter", starter(starter), equalTo(starter));
        assertThat(InMemoryCompiler.errors(Map.of("x.T", before)), is(empty()));
        assertThat(InMemoryCompiler.errors(Map.of("x.T", starter)), is(empty()));
    }

    private static String starter(String text) {
        return Stubber.starter(SourceFile.parse("A.java", text))
                .orElseThrow(() -> new LabException("no starter", "none"));
    }
}
