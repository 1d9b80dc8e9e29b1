package storagelab.grader.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;

/** Compares the result of a trial with what its head says. */
final class TrialJudge {
    /** What a right solution is flagged with here, because it is the reference's. */
    private static final String COPY = "same text as the reference";

    private static final String ALIKE = "much like the reference";

    /** A grading that takes longer than this is one that another submission waits for. */
    private static final long SECONDS_MAX = 1_800;

    private TrialJudge() {}

    /** What is not as the head says, as sentences. */
    static List<String> problems(Trial trial, GradeResult result) {
        List<String> problems = new ArrayList<>(earned(trial, "earns", result));
        String words = TrialResult.words(result);
        if (!trial.get("verdict").isEmpty()) {
            Set<String> wanted = Set.of(trial.get("verdict").split(", *"));
            Set<String> seen = result.labs().stream()
                    .flatMap(lab -> lab.exercises().stream())
                    .map(ExerciseResult::verdict)
                    .map(verdict -> verdict.describe())
                    .collect(Collectors.toSet());
            if (!wanted.containsAll(seen)) {
                problems.add(
                        "the verdict is %s and not %s: %s".formatted(seen, wanted, TrialResult.shortWords(result)));
            }
        }
        for (String says : trial.all("says")) {
            if (!words.contains(says)) {
                problems.add("nothing says '%s'. Said is: %s".formatted(says, TrialResult.shortWords(result)));
            }
        }
        problems.addAll(flags(trial, result));
        if (!result.isGraded() && !trial.get("graded").equals("perhaps")) {
            problems.add("was not graded: " + result.notGraded());
        }
        if (result.durationMillis() > SECONDS_MAX * 1_000) {
            problems.add("took " + result.durationMillis() / 1_000 + " s");
        }
        if (trial.isAttack()) {
            problems.addAll(wall(trial, "wall", result));
        }
        return problems;
    }

    /** What is not as the head says if the rules are switched off. */
    static List<String> problemsBehind(Trial trial, GradeResult result) {
        List<String> problems = new ArrayList<>(earned(trial, "behind earns", result));
        problems.addAll(wall(trial, "behind", result));
        return problems.stream().map(problem -> "without the rules, " + problem).toList();
    }

    private static List<String> earned(Trial trial, String key, GradeResult result) {
        double[] range = trial.earns(key, TrialBench.points(result));
        if (result.score() >= range[0] && result.score() <= range[1]) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "it has %s points and not %s: %s",
                result.score(),
                trial.get(key).isEmpty() ? "0" : trial.get(key),
                TrialResult.shortWords(result)));
    }

    private static List<String> flags(Trial trial, GradeResult result) {
        List<String> problems = new ArrayList<>();
        for (String wanted : trial.all("flag")) {
            if (result.flags().stream().noneMatch(flag -> flag.contains(wanted))) {
                problems.add("no flag has '%s': %s".formatted(wanted, result.flags()));
            }
        }
        if (!trial.isAttack()) {
            result.flags().stream()
                    .filter(flag -> trial.all("flag").stream().noneMatch(flag::contains))
                    .filter(flag ->
                            !trial.get("base").equals("solved") || !(flag.startsWith(COPY) || flag.startsWith(ALIKE)))
                    .forEach(flag -> problems.add("is flagged: " + flag));
        }
        return problems;
    }

    private static List<String> wall(Trial trial, String key, GradeResult result) {
        Wall seen = Wall.seenIn(result, mostBehind(trial, key, result));
        if (Wall.named(trial.get(key)).contains(seen)) {
            return List.of();
        }
        return List.of("it is stopped by %s and not by %s: %s"
                .formatted(seen.describe(), trial.get(key), TrialResult.shortWords(result)));
    }

    /** The points that do not show that an attack gets through. Where the head says that it does, these are none. */
    static double mostBehind(Trial trial, String key, GradeResult result) {
        if (Wall.named(trial.get(key)).contains(Wall.NONE)) {
            return 0;
        }
        return trial.earns(key.equals("wall") ? "earns" : "behind earns", TrialBench.points(result))[1];
    }
}
