package storagelab.grader.splice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TransplantTest {
    private static final String REFERENCE = """
            package x;

            import java.util.ArrayDeque;
            import java.util.Deque;
            import storagelab.course.ExercisePart;
            import storagelab.course.Solution;

            class A {
                @Solution
                private final Deque<String> queue = new ArrayDeque<>();

                @Solution
                private int untouched;

                @ExercisePart("1.1")
                int f() {
                    return help();
                }

                @ExercisePart("1.2")
                int g() {
                    return 2;
                }

                /** Helps. */
                @Solution
                private int help() {
                    return queue.size();
                }
            }
            """;

    private static final String STUDENT = """
            package x;

            import storagelab.course.ExercisePart;

            class A {
                private int mine = 7;

                @ExercisePart("1.1")
                int f() {
                    return mine;
                }

                @ExercisePart("1.2")
                int g() {
                    return -mine;
                }
            }
            """;

    @Test
    void oneExerciseComesWithItsHelpersAndTheOtherStays() {
        assertThat(Transplant.take("1.1", source(REFERENCE), source(STUDENT)), equalTo("""
                        package x;

                        import java.util.ArrayDeque;
                        import java.util.Deque;
                        import storagelab.course.ExercisePart;

                        class A {
                            private int mine = 7;

                            @ExercisePart("1.1")
                            int f() {
                                return help();
                            }

                            @ExercisePart("1.2")
                            int g() {
                                return -mine;
                            }

                            /** Helps. */
                            private int help() {
                                return queue.size();
                            }

                            private final Deque<String> queue = new ArrayDeque<>();
                        }
                        """));
    }

    @Test
    void anExerciseWithoutHelpersComesAlone() {
        assertThat(
                Transplant.take("1.2", source(REFERENCE), source(STUDENT)),
                equalTo(STUDENT.replace("return -mine;", "return 2;")));
    }

    @Test
    void aHelperThatTheStudentHasUnderTheSameSignatureIsReplaced() {
        String student = STUDENT.replace(
                "private int mine = 7;", "private int mine = 7;\n\n    private int help() { return 9; }");

        String result = Transplant.take("1.1", source(REFERENCE), source(student));

        assertThat(result.split("int help\\(\\)", -1).length - 1, is(1));
        assertThat(result.contains("return 9"), is(false));
    }

    @Test
    void aWholeTypeComesAsItIs() {
        String reference =
                "package x;\n\n/** It. */\n@ExercisePart(\"1.1\")\nclass A {\n    int f() { return 1; }\n}\n";
        String student = "package x;\n\n/** It. */\n@ExercisePart(\"1.1\")\nclass A {\n    int mine;\n}\n";

        assertThat(Transplant.take("1.1", source(reference), source(student)), equalTo(reference));
    }

    @Test
    void aMemberThatTheStudentDeletedIsNamed() {
        String student = STUDENT.replace("int g()", "int h()");

        SpliceException problem =
                assertThrows(SpliceException.class, () -> Transplant.take("1.2", source(REFERENCE), source(student)));

        assertThat(problem.getMessage(), is("A.java has no g() any more"));
    }

    @Test
    void theExercisesOfAFileAreThoseItIsMarkedWith() {
        assertThat(Transplant.idsIn(source(REFERENCE)), contains("1.1", "1.2"));
    }

    @Test
    void theTextsOfAnExerciseAreItsMarkedDeclarations() {
        assertThat(
                Transplant.textsOf("1.2", source(REFERENCE)),
                contains("@ExercisePart(\"1.2\")\n    int g() {\n        return 2;\n    }"));
    }

    private static SourceFile source(String text) {
        return SourceFile.parse("A.java", text);
    }
}
