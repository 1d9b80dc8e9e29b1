package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Proof 9: the stores of the course stand what a disk and a long life do to them. What each check runs on is the reference,
 * and it does so if the lab of that store is looked at as a whole.
 */
final class EnduranceCheck implements AuditCheck {
    private final LongRun.Kind kind;

    /** All long runs of {@code kind}. */
    EnduranceCheck(LongRun.Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String claim() {
        return kind.claim();
    }

    @Override
    public boolean runsTests() {
        return false;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        for (LabLongRuns registered : registered()) {
            if (scope.only().isEmpty() && scope.labs().stream().anyMatch(lab -> lab.number() == registered.lab())) {
                Path directory = scope.freshDirectory("lab-%02d-%s".formatted(registered.lab(), name()));
                LongRun.Setting setting = new LongRun.Setting(scope.quick(), scope.seed(), directory, result::count);
                for (LongRun longRun : registered.runs()) {
                    if (longRun.kind() == kind) {
                        run(longRun, setting, result);
                    }
                }
            }
        }
        return result.build();
    }

    /** The long runs of every lab that has some, the lowest lab first. */
    static List<LabLongRuns> registered() {
        return ServiceLoader.load(LabLongRuns.class, EnduranceCheck.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(LabLongRuns::lab))
                .toList();
    }

    private static void run(LongRun longRun, LongRun.Setting setting, CheckResult.Builder result)
            throws IOException, InterruptedException {
        try {
            longRun.action().run(setting);
        } catch (AssertionError e) {
            result.finding(String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
