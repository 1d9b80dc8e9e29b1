package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import storagelab.grader.model.GradeResult;

/**
 * What each submission of the corpus got, as a page. A run adds its column of results to a file next to it; the page shows all runs of
 * which such a file is there.
 *
 * <p>Concurrency: safe for many threads.
 */
final class AttackTable {
    private static final String RUNS = ".run";
    private static final String TAB = "\t";

    /** {@code tries \t wall \t got \t wall behind \t got behind}, by name. */
    private final SortedMap<String, String> rows = new TreeMap<>();

    /** One submission. */
    synchronized void add(Trial trial, GradeResult graded, Optional<GradeResult> behind) {
        String wall = trial.isAttack() ? seen(trial, "wall", graded) : "";
        rows.put(
                trial.describe(),
                String.join(
                        TAB,
                        trial.tries(),
                        wall,
                        TrialResult.got(graded),
                        behind.map(result -> seen(trial, "behind", result)).orElse(""),
                        behind.map(TrialResult::got).orElse("")));
    }

    private static String seen(Trial trial, String key, GradeResult result) {
        return Wall.seenIn(result, TrialJudge.mostBehind(trial, key, result)).describe();
    }

    /**
     * Writes this run, and the page of all runs in the directory. A run of a part of the corpus keeps the rows that an earlier run had of the rest.
     *
     * @param sandbox in words
     * @param corpus the names of all submissions
     * @return the page
     */
    synchronized Path write(Path directory, String sandbox, Set<String> corpus) throws IOException {
        boolean isOrdinary = sandbox.contains("ordinary user");
        String run = "JDK " + Runtime.version().feature() + ", " + (isOrdinary ? "an ordinary user" : "root");
        Files.createDirectories(directory);
        Path own = directory.resolve(run.replaceAll("\\W+", "-") + RUNS);
        SortedMap<String, String> all = Files.exists(own) ? read(own) : new TreeMap<>();
        all.keySet().retainAll(corpus);
        all.putAll(rows);
        StringBuilder text = new StringBuilder(run).append('\n');
        all.forEach((name, row) -> text.append(name).append(TAB).append(row).append('\n'));
        Files.writeString(own, text);
        SortedMap<String, SortedMap<String, String>> runs = new TreeMap<>();
        for (Path file : LabTree.filesBelow(directory, RUNS)) {
            runs.put(Files.readAllLines(file).get(0), read(file));
        }
        return Files.writeString(directory.resolve("attacks.md"), page(runs));
    }

    private static SortedMap<String, String> read(Path run) throws IOException {
        SortedMap<String, String> rows = new TreeMap<>();
        Files.readAllLines(run).stream()
                .skip(1)
                .forEach(line -> rows.put(line.substring(0, line.indexOf(TAB)), line.substring(line.indexOf(TAB) + 1)));
        return rows;
    }

    private static String page(SortedMap<String, SortedMap<String, String>> runs) {
        StringBuilder page = new StringBuilder("# What attacks got\n\n");
        page.append(
                        "Written by `./lab audit --only attacks`, which grades each submission of `grader/course/attacks`. Runs: ")
                .append(runs.entrySet().stream()
                        .map(run -> run.getKey() + " (" + run.getValue().size() + " submissions)")
                        .collect(Collectors.joining("; ")))
                .append(
                        ".\n\n`stopped by` is what stops an attack; for what the [rules](decisions/what-submissions-may-use.md)")
                .append(
                        " refuse, `without the rules` is what stops it when they are switched off. `passes` means nothing does.")
                .append(" Where the runs differ, a cell has a result for each.\n\n");
        part(page, "Attacks", "hostile/", runs);
        part(page, "Honest work", "honest/", runs);
        return page.toString();
    }

    private static void part(
            StringBuilder page, String title, String prefix, SortedMap<String, SortedMap<String, String>> runs) {
        boolean isHostile = prefix.startsWith(Trial.HOSTILE);
        page.append("## ").append(title).append("\n\n");
        page.append(
                isHostile
                        ? "| attack | what it tries | stopped by | gets | without the rules | gets then |\n|---|---|---|---|---|---|\n"
                        : "| submission | what is unusual | gets |\n|---|---|---|\n");
        SortedMap<String, String> names = new TreeMap<>();
        runs.values().forEach(run -> run.keySet().forEach(name -> names.put(name, name)));
        for (String name : names.keySet()) {
            if (!name.startsWith(prefix)) {
                continue;
            }
            page.append("| ").append(name.substring(prefix.length()));
            for (int column : isHostile ? new int[] {0, 1, 2, 3, 4} : new int[] {0, 2}) {
                page.append(" | ").append(cell(name, column, runs));
            }
            page.append(" |\n");
        }
        page.append('\n');
    }

    /** What all runs that have the submission say, or what each says. */
    private static String cell(String name, int column, SortedMap<String, SortedMap<String, String>> runs) {
        Map<String, List<String>> said = new LinkedHashMap<>();
        runs.forEach((run, rows) -> {
            String row = rows.get(name);
            if (row != null) {
                said.computeIfAbsent(row.split(TAB, -1)[column], key -> new ArrayList<>())
                        .add(run);
            }
        });
        if (said.size() == 1) {
            return said.keySet().iterator().next();
        }
        List<String> parts = new ArrayList<>();
        said.forEach((value, who) -> parts.add(value + " (" + String.join(", ", who) + ")"));
        return String.join("; ", parts);
    }
}
