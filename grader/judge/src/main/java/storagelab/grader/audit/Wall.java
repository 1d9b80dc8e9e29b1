package storagelab.grader.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.Verdict;

/** What stops an attack, in the order in which an attack meets it. */
enum Wall {
    /** What may be taken from a submission. */
    INTAKE,
    /** The byte code of its classes is held to a list. */
    RULES,
    /** Its file does not compile, in a process of its own. */
    COMPILER,
    /** The private root directory, in which the machine is not to be seen. */
    SANDBOX,
    /** Limits of time, memory, output and processes. */
    LIMITS,
    /** The parent believes signed results only, and tests look at results. */
    JUDGE,
    /** Nothing. */
    NONE;

    /** What the code of an attack says if it got what it wanted. */
    static final String REACHED = "REACHED";

    /** What it says if the machine did not let it. */
    static final String KEPT_OUT = "kept out";

    /** The word for heads and tables; {@code "passes"} for none. */
    String describe() {
        return this == NONE ? "passes" : name().toLowerCase(Locale.ROOT);
    }

    /**
     * The walls that a head names: {@code "sandbox, judge"}.
     *
     * @throws IllegalArgumentException if there is no such wall
     */
    static List<Wall> named(String names) {
        return Arrays.stream(names.split(", *")).map(Wall::ofName).toList();
    }

    private static Wall ofName(String name) {
        return Arrays.stream(values())
                .filter(wall -> wall.describe().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no wall '" + name + "'"));
    }

    /**
     * The wall that stopped a submission, as its result shows.
     *
     * @param most the points that it may have
     */
    static Wall seenIn(GradeResult result, double most) {
        String said = TrialResult.words(result);
        if (result.score() > most || said.contains(REACHED)) {
            return NONE;
        }
        List<CompileError> errors = result.labs().stream()
                .map(LabResult::compileErrors)
                .flatMap(List::stream)
                .toList();
        if (errors.stream().anyMatch(CompileError::isRefusal)) {
            return RULES;
        }
        if (errors.stream().anyMatch(error -> error.message().startsWith("it is "))) {
            return INTAKE;
        }
        if (!errors.isEmpty()) {
            return COMPILER;
        }
        List<Verdict> verdicts = result.labs().stream()
                .flatMap(lab -> lab.exercises().stream())
                .map(ExerciseResult::verdict)
                .toList();
        if (said.contains(KEPT_OUT)) {
            return SANDBOX;
        }
        if (verdicts.contains(Verdict.CRASHED) || verdicts.contains(Verdict.TIMED_OUT)) {
            return LIMITS;
        }
        boolean isLeftOut =
                result.flags().stream().anyMatch(flag -> flag.startsWith("ignored in") || flag.startsWith("has no "));
        return isLeftOut || !result.isGraded() ? INTAKE : JUDGE;
    }
}
