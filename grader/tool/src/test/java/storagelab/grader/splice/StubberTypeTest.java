package storagelab.grader.splice;

import static storagelab.grader.splice.StubberChecks.EXERCISE;
import static storagelab.grader.splice.StubberChecks.IMPORTS;
import static storagelab.grader.splice.StubberChecks.STARTER_IMPORTS;
import static storagelab.grader.splice.StubberChecks.stubs;

import org.junit.jupiter.api.Test;

/** What a type, its constructors and its members become, before and after. */
class StubberTypeTest {
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
}
