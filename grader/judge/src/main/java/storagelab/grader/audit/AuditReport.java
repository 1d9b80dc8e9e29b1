package storagelab.grader.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param exercises how many it looked at
 * @param seed of every random choice
 * @param quick whether only the quick half ran
 * @param checks in the order they ran
 */
public record AuditReport(int exercises, long seed, boolean quick, List<Row> checks) {
    public AuditReport {
        checks = List.copyOf(checks);
    }

    /**
     * One check.
     *
     * @param check its name
     * @param claim what it was to show
     * @param holds whether nothing speaks against that
     * @param millis how long it took
     * @param counts how much was looked at, by what
     * @param findings what speaks against the claim
     * @param notes what a reader should know besides
     */
    public record Row(
            String check,
            String claim,
            boolean holds,
            long millis,
            Map<String, Long> counts,
            List<String> findings,
            List<String> notes) {
        static Row of(CheckResult result, long millis) {
            Map<String, Long> counts = new LinkedHashMap<>();
            result.counts().forEach((what, count) -> counts.put(what.describe(), count));
            return new Row(
                    result.name(), result.claim(), result.holds(), millis, counts, result.findings(), result.notes());
        }

        /** {@code "ok    zoo  41.3 s  every animal …"}, then a line for each finding. */
        public String describe() {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT, "%-5s %-12s %6.1f s  %s", holds ? "ok" : "FAILS", check, millis / 1000.0, claim));
            findings.forEach(finding -> text.append("\n        - ").append(indented(finding)));
            notes.forEach(note -> text.append("\n        note: ").append(indented(note)));
            return text.toString();
        }

        private static String indented(String sentence) {
            return sentence.replace("\n", "\n          ");
        }
    }

    /** Whether every check holds. */
    public boolean holds() {
        return checks.stream().allMatch(Row::holds);
    }

    /** The counts of all checks in one line. */
    public String countsWords() {
        Map<String, Long> all = new LinkedHashMap<>();
        checks.forEach(row -> row.counts().forEach((what, count) -> all.merge(what, count, Long::sum)));
        StringBuilder words = new StringBuilder(exercises + " exercises");
        all.forEach(
                (what, count) -> words.append(", ").append(count).append(' ').append(what));
        return words.toString();
    }

    /** The last word. */
    public String verdictWords() {
        List<String> failed =
                checks.stream().filter(row -> !row.holds()).map(Row::check).toList();
        if (failed.isEmpty()) {
            return quick ? "The quick half of the audit holds." : "The course holds.";
        }
        return "The course does not hold: " + String.join(", ", failed) + ".";
    }
}
