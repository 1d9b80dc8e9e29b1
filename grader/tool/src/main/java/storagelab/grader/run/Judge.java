package storagelab.grader.run;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.grader.course.Edition;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.FailureReport.Cause;
import storagelab.grader.run.FailureReport.Frame;

/** Turns what a test threw into a verdict in words. Says where in the student's code, and never shows the test. */
final class Judge {
    private static final Set<String> WRAPPERS = Set.of(
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.CompletionException",
            "java.lang.reflect.InvocationTargetException",
            "java.lang.reflect.UndeclaredThrowableException");
    private static final Set<String> LINKAGE = Set.of(
            "java.lang.NoSuchMethodError",
            "java.lang.NoSuchFieldError",
            "java.lang.NoClassDefFoundError",
            "java.lang.ClassNotFoundException",
            "java.lang.AbstractMethodError",
            "java.lang.IllegalAccessError",
            "java.lang.InstantiationError",
            "java.lang.IncompatibleClassChangeError");
    private static final String INITIALIZER = "java.lang.ExceptionInInitializerError";
    private static final String INITIALIZER_MARK = "Could not initialize class ";

    private static final Pattern REPEATED_FAILURE =
            Pattern.compile("Exception ([\\w.$]+)(.*) \\[in thread .*]", Pattern.DOTALL);

    private final Predicate<String> studentClass;
    private final Edition edition;

    /**
     * @param studentClass whether a binary class name is the student's code
     * @param edition what the student can do about an exercise that is missing
     */
    Judge(Predicate<String> studentClass, Edition edition) {
        this.studentClass = studentClass;
        this.edition = edition;
    }

    /** A verdict with its reason. */
    record Judgement(Verdict verdict, String message, String location) {}

    Judgement judge(PlannedTest test, FailureReport failure) {
        String notDone = failure.notDoneExercise();
        if (!notDone.isEmpty() && test.tags().contains(notDone)) {
            return new Judgement(Verdict.NOT_STARTED, "exercise " + notDone + " is not started", "");
        }
        String location = location(failure);
        if (!notDone.isEmpty()) {
            return new Judgement(
                    Verdict.BLOCKED,
                    "blocked by exercise " + notDone + ", which is not done: " + edition.wayOn(notDone),
                    location);
        }
        return new Judgement(Verdict.FAILED, describe(failure), location);
    }

    private static String describe(FailureReport failure) {
        List<Cause> causes = failure.causes();
        if (causes.isEmpty()) {
            return "failed without saying why";
        }
        int index = 0;
        while (index + 1 < causes.size() && WRAPPERS.contains(causes.get(index).type())) {
            index++;
        }
        Cause cause = causes.get(index);
        if (LINKAGE.contains(cause.type()) && !cause.message().startsWith(INITIALIZER_MARK)) {
            return "public signature changed: " + cause.message() + " is not there";
        }
        if (cause.type().equals(INITIALIZER) || cause.message().startsWith(INITIALIZER_MARK)) {
            Cause why = index + 1 < causes.size() ? causes.get(index + 1) : cause;
            return "a static initialiser failed: " + initialiserWords(why);
        }
        if (cause.isA(StackOverflowError.class)) {
            return failure.afterStep("StackOverflowError: the recursion does not end, or is too deep");
        }
        return isAssertionInWords(cause) ? cause.message() : failure.afterStep(plain(cause));
    }

    /** The second use of a class that failed to start carries the first failure as text only. */
    private static String initialiserWords(Cause cause) {
        Matcher repeated = REPEATED_FAILURE.matcher(cause.message());
        if (cause.type().equals(INITIALIZER) && repeated.matches()) {
            String type = repeated.group(1);
            return type.substring(type.lastIndexOf('.') + 1) + repeated.group(2);
        }
        return plain(cause);
    }

    private static String plain(Cause cause) {
        if (isAssertionInWords(cause)) {
            return cause.message();
        }
        return cause.message().isEmpty() ? cause.simpleType() : cause.simpleType() + ": " + cause.message();
    }

    private static boolean isAssertionInWords(Cause cause) {
        boolean assertion = cause.type().startsWith("org.opentest4j.") || cause.isA(AssertionError.class);
        return assertion && !cause.message().isEmpty();
    }

    /** The innermost frame of the student's, of the outermost exception that has one. */
    String location(FailureReport failure) {
        for (Cause cause : failure.causes()) {
            for (Frame frame : cause.frames()) {
                if (studentClass.test(frame.className())) {
                    return frame.describe();
                }
            }
        }
        return "";
    }
}
