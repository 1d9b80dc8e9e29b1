package storagelab.grader.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExerciseNotDone;

/** Turns what a test threw into a {@link FailureReport}, inside the child JVM. */
final class FailureReader {
    private static final int CAUSES_MAX = 8;
    private static final int FRAMES_MAX = 200;
    private static final int MESSAGE_LENGTH_MAX = 4_000;

    private FailureReader() {}

    /** Reads a throwable without trusting it: its methods may be the submission's and may throw. */
    static FailureReport read(Throwable thrown) {
        List<FailureReport.Cause> causes = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable next = thrown;
        while (next != null && causes.size() < CAUSES_MAX && seen.add(next)) {
            causes.add(new FailureReport.Cause(
                    next.getClass().getName(), messageOf(next), framesOf(next.getStackTrace())));
            next = causeOf(next);
        }
        String notDone = notDoneExercise(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new FailureReport(causes, notDone);
    }

    /** A report of where a thread is, for a test that does not end. */
    static FailureReport readStack(StackTraceElement[] stack) {
        return new FailureReport(List.of(new FailureReport.Cause("", "", framesOf(stack))), "");
    }

    private static List<FailureReport.Frame> framesOf(StackTraceElement[] stack) {
        List<FailureReport.Frame> frames = new ArrayList<>();
        for (int i = 0; i < Math.min(stack.length, FRAMES_MAX); i++) {
            frames.add(FailureReport.Frame.of(stack[i]));
        }
        return frames;
    }

    private static String messageOf(Throwable thrown) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException | StackOverflowError hostile) {
            return "its getMessage() throws " + hostile.getClass().getSimpleName();
        }
        if (message == null) {
            return "";
        }
        return message.length() <= MESSAGE_LENGTH_MAX ? message : message.substring(0, MESSAGE_LENGTH_MAX) + " ...";
    }

    private static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | StackOverflowError hostile) {
            return null;
        }
    }

    private static String notDoneExercise(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown) || seen.size() > 100) {
            return "";
        }
        if (thrown instanceof ExerciseNotDone notDone) {
            return notDone.exerciseId();
        }
        Throwable cause = causeOf(thrown);
        String found = cause == null ? "" : notDoneExercise(cause, seen);
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (found.isEmpty()) {
                found = notDoneExercise(suppressed, seen);
            }
        }
        return found;
    }
}
