package storagelab.grader.audit;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import storagelab.grader.LabException;

/** The proof that the course holds: every check, in an order in which the first finding explains the later ones. */
public final class Audit {
    private static final List<AuditCheck> CHECKS = List.of(
            new CompletenessCheck(),
            new ReferenceCheck(),
            new StarterCheck(),
            new NotStartedCheck(),
            new LeaksCheck(),
            new RulesCheck(),
            new AttacksCheck(),
            new SingleStubCheck(),
            new NeedsCheck(),
            new ZooCheck(),
            new ContractsCheck(),
            new MutantsCheck(),
            new FlakesCheck(),
            new GradebookCheck(),
            new EnduranceCheck(LongRun.Kind.CRASHES),
            new EnduranceCheck(LongRun.Kind.FLIPS),
            new EnduranceCheck(LongRun.Kind.SOAK),
            new EnduranceCheck(LongRun.Kind.KILLS));

    private Audit() {}

    /** The names of all checks, in order. */
    public static List<String> names() {
        return CHECKS.stream().map(AuditCheck::name).toList();
    }

    /**
     * The checks named in {@code only}, all if that is empty, without those named in {@code except}; a usage error if a name
     * is unknown or no check is left.
     */
    public static List<AuditCheck> checks(Set<String> only, Set<String> except) {
        for (String name : Sets.union(only, except)) {
            if (!names().contains(name)) {
                throw LabException.usage(
                        "There is no check '" + name + "'.", "There are " + String.join(", ", names()) + ".");
            }
        }
        List<AuditCheck> checks = CHECKS.stream()
                .filter(check -> only.isEmpty() || only.contains(check.name()))
                .filter(check -> !except.contains(check.name()))
                .toList();
        if (checks.isEmpty()) {
            throw LabException.usage("No check is left.", "--except names every check that --only names.");
        }
        return checks;
    }

    /**
     * Runs the checks.
     *
     * @param onResult told each result as soon as it is known
     */
    public static AuditReport run(AuditScope scope, List<AuditCheck> checks, Consumer<AuditReport.Row> onResult)
            throws IOException, InterruptedException {
        List<AuditReport.Row> rows = new ArrayList<>();
        for (AuditCheck check : checks) {
            scope.say(check.name() + " ...");
            long start = System.nanoTime();
            CheckResult result = check.run(scope);
            AuditReport.Row row = AuditReport.Row.of(result, (System.nanoTime() - start) / 1_000_000);
            rows.add(row);
            onResult.accept(row);
        }
        return new AuditReport(scope.exercises().size(), scope.seed(), scope.quick(), rows);
    }
}
