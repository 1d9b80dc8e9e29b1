package storagelab.grader.run;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a test threw into a {@link FailureReport}, inside the child JVM. What was thrown may be the submission's,
 * and so may the methods that are called on it here: whatever they throw is part of the report.
 */
final class FailureReader {
    private static final String NOT_DONE = "storagelab.course.ExerciseNotDone";

    /** {@code storagelab.testkit.Step} writes it; nothing of the tests is known here. */
    private static final String STEP = "storagelab.test.step";

    private static final int STEP_LENGTH_MAX = 300;
    private static final int CAUSES_MAX = 8;
    private static final int SEEN_MAX = 100;
    private static final int FRAMES_MAX = 200;
    private static final int MESSAGE_LENGTH_MAX = 4_000;

    private FailureReader() {}

    static FailureReport read(Throwable thrown) {
        List<FailureReport.Cause> causes = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable next = thrown;
        while (next != null && causes.size() < CAUSES_MAX && seen.add(next)) {
            causes.add(new FailureReport.Cause(next.getClass().getName(), messageOf(next), framesOf(stackOf(next))));
            next = causeOf(next);
        }
        String notDone = notDoneExercise(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new FailureReport(causes, notDone, step());
    }

    /** A report of where a thread is, for a test that does not end. */
    static FailureReport readStack(StackTraceElement[] stack) {
        return new FailureReport(List.of(new FailureReport.Cause("", "", framesOf(stack))), "", step());
    }

    /** A test begins, which has not said yet what it does. */
    static void forgetStep() {
        System.clearProperty(STEP);
    }

    private static String step() {
        String step = System.getProperty(STEP, "");
        return step.length() <= STEP_LENGTH_MAX ? step : step.substring(0, STEP_LENGTH_MAX) + " ...";
    }

    private static List<FailureReport.Frame> framesOf(StackTraceElement[] stack) {
        List<FailureReport.Frame> frames = new ArrayList<>();
        for (int i = 0; i < Math.min(stack.length, FRAMES_MAX); i++) {
            frames.add(FailureReport.Frame.of(stack[i]));
        }
        return frames;
    }

    private static StackTraceElement[] stackOf(Throwable thrown) {
        return ask(thrown::getStackTrace).orElse(new StackTraceElement[0]);
    }

    private static String messageOf(Throwable thrown) {
        String message = ask(thrown::getMessage).orElse("");
        return message.length() <= MESSAGE_LENGTH_MAX ? message : message.substring(0, MESSAGE_LENGTH_MAX) + " ...";
    }

    private static @Nullable Throwable causeOf(Throwable thrown) {
        return ask(thrown::getCause).orElse(null);
    }

    private static <T> Optional<T> ask(Supplier<? extends @Nullable T> hostile) {
        try {
            return Optional.ofNullable(hostile.get());
        } catch (Exception | StackOverflowError | LinkageError failed) {
            return Optional.empty();
        }
    }

    private static String notDoneExercise(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown) || seen.size() > SEEN_MAX) {
            return "";
        }
        if (thrown.getClass().getName().equals(NOT_DONE)) {
            return exerciseId(thrown);
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

    /** Asks by name: the class is the workspace's, and may not be compiled yet when this one is loaded. */
    private static String exerciseId(Throwable notDone) {
        try {
            return String.valueOf(notDone.getClass().getMethod("exerciseId").invoke(notDone));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException changed) {
            return "";
        }
    }
}
