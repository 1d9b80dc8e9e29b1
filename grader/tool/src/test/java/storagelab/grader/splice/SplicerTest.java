package storagelab.grader.splice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SplicerTest {
    private static final String REFERENCE = """
            package x;

            import java.util.List;
            import java.util.Map;

            /** Finds. */
            public final class Finder {
                private int probes;

                /** The task. */
                @ExercisePart("1.1")
                public static <T extends Comparable<T>> int find(List<? extends T> all, T one) {
                    return all.indexOf(one); // the way
                }

                @ExercisePart("1.1")
                public static int find(int[] all, int one) {
                    return 0;
                }

                private record Node(int x) {}
            }
            """;

    @Test
    void aMemberReplacesTheOneWithItsSignatureAndTheRestStays() {
        String spliced = splice("""
                // exercise: 1.1
                // type: x.Finder
                // verdict: caught
                // because: it looks at the first only

                import java.util.ArrayList;
                import java.util.List;

                final class Finder {
                    public static <T extends Comparable<T>> int find(java.util.List<T> everything, T it) {
                        return help(new ArrayList<>(everything), it);
                    }

                    /** Helps. */
                    private static int help(List<?> all, Object one) {
                        return 0; // always
                    }

                    private record Node(long y) {}
                }
                """);

        assertThat(spliced, equalTo("""
                        package x;

                        import java.util.ArrayList;
                        import java.util.List;
                        import java.util.Map;

                        /** Finds. */
                        public final class Finder {
                            private int probes;

                            /** The task. */
                            public static <T extends Comparable<T>> int find(java.util.List<T> everything, T it) {
                                return help(new ArrayList<>(everything), it);
                            }

                            @ExercisePart("1.1")
                            public static int find(int[] all, int one) {
                                return 0;
                            }

                            private record Node(long y) {}

                            /** Helps. */
                            private static int help(List<?> all, Object one) {
                                return 0; // always
                            }
                        }
                        """));
    }

    @Test
    void ofANestedClassTheMembersAreReplacedAndTheRestStays() {
        String reference = """
                package x;

                final class Outer {
                    /** Runs once. */
                    private static final class Run {
                        private int steps;

                        /** One step. */
                        void step() {
                            steps++;
                        }

                        int steps() {
                            return steps;
                        }
                    }
                }
                """;
        SourceFile animal = SourceFile.parse("Animal.java", """
                final class Outer {
                    private static final class Run {
                        void step() {
                            steps += width();
                        }

                        private int width() {
                            return 2;
                        }
                    }
                }
                """);

        assertThat(Splicer.splice(SourceFile.parse("Outer.java", reference), animal), equalTo("""
                        package x;

                        final class Outer {
                            /** Runs once. */
                            private static final class Run {
                                private int steps;

                                /** One step. */
                                void step() {
                                    steps += width();
                                }

                                int steps() {
                                    return steps;
                                }

                                private int width() {
                                    return 2;
                                }
                            }
                        }
                        """));
    }

    @Test
    void ofANestedRecordWithTheSameComponentsTheMembersAreReplaced() {
        SourceFile reference = SourceFile.parse("Outer.java", """
                final class Outer {
                    @Deprecated
                    private record Span(long offset, int length) {
                        long end() {
                            return offset + length;
                        }

                        boolean isEmpty() {
                            return length == 0;
                        }
                    }
                }
                """);
        SourceFile animal = SourceFile.parse("Animal.java", """
                final class Outer {
                    private record Span(
                            long offset, int length) {
                        long end() {
                            return offset;
                        }
                    }
                }
                """);

        assertThat(Splicer.splice(reference, animal), equalTo("""
                        final class Outer {
                            @Deprecated
                            private record Span(long offset, int length) {
                                long end() {
                                    return offset;
                                }

                                boolean isEmpty() {
                                    return length == 0;
                                }
                            }
                        }
                        """));
    }

    @Test
    void aFieldIsReplacedByItsName() {
        assertThat(
                splice("class Finder { private int probes = 1; }"),
                equalTo(REFERENCE.replace("private int probes;", "private int probes = 1;")));
    }

    @Test
    void aWholeTypeIsReplacedWhenTheHeadSaysSo() {
        assertThat(
                splice("// replace: type\nimport java.util.Set;\nfinal class Finder { Set<Integer> seen; }\n"),
                equalTo("""
                        package x;

                        import java.util.List;
                        import java.util.Map;
                        import java.util.Set;

                        /** Finds. */
                        final class Finder { Set<Integer> seen; }
                        """));
    }

    @Test
    void aHelperTypeIsAddedAtTheEnd() {
        assertThat(
                splice("class Finder { private int probes = 1; }\nfinal class Helper {}\n"),
                equalTo(REFERENCE.replace("private int probes;", "private int probes = 1;")
                        + "\nfinal class Helper {}\n"));
    }

    @Test
    void aPublicMethodThatTheReferenceHasNotIsRefused() {
        assertThat(
                refusal("class Finder {\n    private int probes = 1;\n    public static int find(long[] all, int one) {"
                        + " return 1; }\n}\n"),
                equalTo("Animal.java:3: Finder has no member find(long[],int) to replace"));
    }

    @Test
    void aSpliceThatReplacesNothingIsRefused() {
        assertThat(
                refusal("class Finder { private static int other() { return 1; } }"),
                equalTo("Animal.java replaces nothing in Finder.java"));
    }

    @Test
    void aPublicTypeThatTheReferenceHasNotIsRefused() {
        assertThat(
                refusal("public class Seeker { int x; }"),
                equalTo("Animal.java: there is no type Seeker in Finder.java"));
    }

    @Test
    void twoImportsOfOneSimpleNameAreRefused() {
        assertThat(
                refusal("import java.awt.List;\nclass Finder { private List probes; }"),
                containsString("imports java.awt.List, and Finder.java already imports java.util.List"));
    }

    private static String splice(String animal) {
        return Splicer.splice(SourceFile.parse("Finder.java", REFERENCE), SourceFile.parse("Animal.java", animal));
    }

    private static String refusal(String animal) {
        return String.valueOf(
                assertThrows(SpliceException.class, () -> splice(animal)).getMessage());
    }
}
