package storagelab.grader.splice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.splice.StubberChecks.EXERCISE;
import static storagelab.grader.splice.StubberChecks.IMPORTS;
import static storagelab.grader.splice.StubberChecks.STARTER_IMPORTS;
import static storagelab.grader.splice.StubberChecks.stubs;

import java.util.Map;
import org.junit.jupiter.api.Test;
import storagelab.grader.compile.SourceCompiler;

/** Methods and whole files: before and after. What becomes of types is in {@link StubberTypeTest}. */
class StubberTest {
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
    void aStubbedMethodIsNotSynchronizedAndAGivenOneStaysSo() {
        stubs("""
                package x;

                import storagelab.course.ExerciseNotDone;
                import storagelab.course.ExercisePart;

                final class Gate {
                    @ExercisePart("1.8")
                    @Deprecated(since = "synchronized")
                    public synchronized /* with care */ @SuppressWarnings("x") void enter() {
                        notifyAll();
                    }

                    public synchronized void given() {}
                }
                """, """
                package x;

                import storagelab.course.ExerciseNotDone;
                import storagelab.course.ExercisePart;

                final class Gate {
                    @ExercisePart("1.8")
                    @Deprecated(since = "synchronized")
                    public /* with care */ @SuppressWarnings("x") void enter() {
                        throw new ExerciseNotDone("1.8");
                    }

                    public synchronized void given() {}
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

    @SuppressWarnings("StringConcatToTextBlock") // a text block cannot have the line ends of Windows
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
        assertThat(SourceCompiler.withOwnClassPath().errors(Map.of("x/A.java", after)), is(empty()));
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
}
