package storagelab.grader.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one check saw. It holds if there are no findings.
 *
 * @param name of the check
 * @param claim what it was to show
 * @param counts how much was looked at, in the order of the report
 * @param findings what speaks against the claim, a sentence each
 * @param notes what a reader should know that is no objection
 */
public record CheckResult(
        String name, String claim, Map<Count, Long> counts, List<String> findings, List<String> notes) {
    public CheckResult {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether nothing speaks against the claim. */
    public boolean holds() {
        return findings.isEmpty();
    }

    /** An empty result of {@code check}, to be filled. */
    static Builder of(AuditCheck check) {
        return new Builder(check);
    }

    /** Collects what a check sees. Concurrency: safe for many threads. */
    static final class Builder {
        private final AuditCheck check;
        private final Map<Count, Long> counts = new LinkedHashMap<>();
        private final List<String> findings = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        private Builder(AuditCheck check) {
            this.check = check;
        }

        /** Something speaks against the claim. */
        synchronized void finding(String sentence) {
            findings.add(sentence);
        }

        /** Something a reader should know. */
        synchronized void note(String sentence) {
            notes.add(sentence);
        }

        /** Counts {@code amount} more. */
        synchronized void count(Count what, long amount) {
            counts.merge(what, amount, Long::sum);
        }

        /** The result so far; findings in alphabetical order, so that two runs of parallel work read the same. */
        synchronized CheckResult build() {
            return new CheckResult(
                    check.name(),
                    check.claim(),
                    counts,
                    findings.stream().sorted().toList(),
                    notes.stream().sorted().toList());
        }
    }
}
