package storagelab.grader.splice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The starter does not say which methods the reference locks. */
class StubberLockTest {
    @Test
    void aStubbedMethodIsNotSynchronizedAndAGivenOneStaysSo() {
        String reference = """
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
                """;
        String starter = """
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
                """;
        assertEquals(
                starter,
                Stubber.starter(SourceFile.parse("Gate.java", reference)).orElseThrow());
    }
}
