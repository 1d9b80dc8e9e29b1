package storagelab.grader.autograder;

import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.report.GradescopeReport;

/**
 * How an autograder grades every submission.
 *
 * @param labs numbers of the labs that bring points
 * @param benchmarks whether they are run
 * @param seed of random tests: every submission gets the same ones
 * @param visibility what students see in Gradescope
 */
public record AutograderOptions(Set<Integer> labs, boolean benchmarks, long seed, GradescopeReport.Options visibility) {
    public AutograderOptions {
        labs = Set.copyOf(labs);
        if (labs.isEmpty()) {
            throw new IllegalArgumentException("an autograder without a lab");
        }
    }

    /** The number of the last lab. */
    int lastLab() {
        return new TreeSet<>(labs).last();
    }

    /** As words of a shell, for {@code lab grade}. */
    String words() {
        StringBuilder words = new StringBuilder();
        new TreeSet<>(labs).forEach(lab -> words.append("--lab ").append(lab).append(' '));
        if (!benchmarks) {
            words.append("--no-bench ");
        }
        words.append("--seed ").append(seed);
        words.append(" --visibility ").append(visibility.rows().word());
        words.append(" --stdout-visibility ").append(visibility.stdout().word());
        return words.toString();
    }
}
