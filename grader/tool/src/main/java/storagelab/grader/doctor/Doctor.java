package storagelab.grader.doctor;

import static storagelab.grader.doctor.Check.limited;
import static storagelab.grader.doctor.Check.missing;
import static storagelab.grader.doctor.Check.ok;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import storagelab.grader.doctor.Check.Forbids;
import storagelab.grader.doctor.Facts.Build;
import storagelab.grader.doctor.Facts.Checkout;
import storagelab.grader.doctor.Facts.Host;
import storagelab.grader.doctor.Facts.Jdk;
import storagelab.grader.doctor.Facts.Storage;
import storagelab.grader.doctor.Facts.Terminal;
import storagelab.grader.doctor.Facts.WorkspaceState;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.Sandboxes.Trial;

/** Judges what was found on a machine: a pure function of the {@link Facts}. */
final class Doctor {
    /** The oldest JDK that the course works with. */
    private static final int JDK_MIN = 17;

    /** The grader with two JVMs of a submission, or a compiler and a test of a student, with room for the system. */
    private static final long MEMORY_BYTES = 1_500L << 20;

    /** A stage has the libraries, the tests and the classes of a lab; crash tests write some hundred MiB. */
    private static final long FREE_BYTES = 1L << 30;

    /** Below this, nothing can be compiled. */
    private static final long FREE_BYTES_MIN = 64L << 20;

    private static final String HERE = "this directory";
    private static final int COLUMNS = 80;

    /** From this load for each processor on, others keep the machine busy. */
    private static final double BUSY = 0.75;

    private final Facts facts;
    private final List<Check> checks = new ArrayList<>();

    private Doctor(Facts facts) {
        this.facts = facts;
    }

    static Diagnosis examine(Facts facts) {
        Doctor doctor = new Doctor(facts);
        doctor.jdk(facts.jdk());
        doctor.otherJdks(facts.otherJdks());
        facts.checkout().ifPresent(doctor::checkout);
        doctor.host(facts.host());
        doctor.storage("temporary files", facts.temporary());
        doctor.storage(HERE, facts.here());
        doctor.locale(facts.host().fileNames());
        doctor.terminal(facts.terminal());
        doctor.git();
        facts.workspace().ifPresent(doctor::workspace);
        return Diagnosis.of(doctor.checks, facts.checkout().isPresent());
    }

    private void jdk(Jdk jdk) {
        String next =
                "Install a JDK, " + JDK_MIN + " or newer, and put its bin directory on the PATH, or set JAVA_HOME.";
        if (feature(jdk.version()) < JDK_MIN) {
            checks.add(missing("JDK", "Java " + jdk.version() + " is too old", next, Forbids.EVERYTHING));
        } else if (!jdk.hasCompiler()) {
            checks.add(missing(
                    "JDK",
                    "Java " + jdk.version() + " in " + jdk.home() + " has no compiler",
                    next,
                    Forbids.EVERYTHING));
        } else {
            checks.add(ok("JDK", jdk.version() + " with a compiler, in " + jdk.home()));
        }
    }

    private void otherJdks(List<Jdk> others) {
        if (!others.isEmpty()) {
            checks.add(ok(
                    "other JDKs",
                    others.stream()
                            .map(jdk -> jdk.version() + " in " + jdk.home())
                            .collect(Collectors.joining("; "))));
        }
    }

    private void checkout(Checkout checkout) {
        boolean isBuilt = checkout.build() == Build.CURRENT;
        String install = "Install Maven, 3.8 or newer, and put its bin directory on the PATH.";
        if (checkout.maven().isPresent()) {
            checks.add(ok("Maven", checkout.maven().get()));
        } else if (isBuilt) {
            checks.add(limited("Maven", "none; the build that is there works until a source changes", install));
        } else {
            checks.add(missing("Maven", "none, and what grading uses is not built", install, Forbids.GRADING));
        }
        switch (checkout.build()) {
            case CURRENT -> checks.add(ok("build", "what grading uses is built from these sources"));
            case STALE ->
                checks.add(limited(
                        "build",
                        "a source is newer than what grading uses",
                        "Nothing: ./lab grade builds it again, in about two minutes."));
            case NONE ->
                checks.add(limited(
                        "build",
                        "what grading uses is not built",
                        "Nothing: ./lab grade builds it, in about two minutes."));
        }
        sandboxes(checkout.sandboxes());
    }

    private void sandboxes(Sandboxes.Survey survey) {
        List<String> found = new ArrayList<>();
        survey.trials().stream().filter(Trial::works).forEach(trial -> found.add(trial.name() + " works"));
        survey.trials().stream()
                .filter(trial -> !trial.works())
                .forEach(trial -> found.add(trial.name() + " does not: " + trial.obstacle()));
        found.addAll(survey.reasons());
        String user = survey.isRoot() ? "as root: " : "as an ordinary user: ";
        String words = user + (found.isEmpty() ? "none" : String.join("; ", found));
        if (survey.trials().stream().anyMatch(Trial::works)) {
            checks.add(ok("sandbox", words));
        } else {
            checks.add(missing("sandbox", words, survey.nextStep(), Forbids.GRADING));
        }
    }

    private void host(Host host) {
        String processors = host.processors() + (host.processors() == 1 ? " processor" : " processors");
        if (host.load() > BUSY * host.processors()) {
            checks.add(limited(
                    "processors",
                    "%s, busy: %.1f threads wanted one in the last minute".formatted(processors, host.load()),
                    "Measure when less runs: benchmarks may be too noisy. Verdicts of tests do not depend on it."));
        } else {
            checks.add(ok("processors", processors + ", " + host.system()));
        }
        String memory = size(host.memoryBytes());
        if (host.memoryBytes() < MEMORY_BYTES) {
            checks.add(limited(
                    "memory",
                    memory,
                    "Give the machine or the container " + size(MEMORY_BYTES)
                            + ": with less, the system may end JVMs of tests."));
        } else {
            checks.add(ok("memory", memory));
        }
    }

    private void storage(String name, Storage storage) {
        Path path = storage.path();
        String free = size(storage.freeBytes()) + " free in " + path;
        boolean isOnlyACheckout = name.equals(HERE)
                && facts.workspace().isEmpty()
                && facts.checkout().isPresent();
        if (!storage.isWritable() && isOnlyACheckout) {
            checks.add(limited(
                    name,
                    path + " cannot be written: nothing can be built in it",
                    "Call ./lab as the user that owns it."));
        } else if (!storage.isWritable()) {
            checks.add(missing(
                    name,
                    path + " cannot be written",
                    "Change its permissions, or use another directory.",
                    Forbids.EVERYTHING));
        } else if (storage.freeBytes() < FREE_BYTES_MIN) {
            checks.add(missing(name, "only " + free, "Free some space there.", Forbids.EVERYTHING));
        } else if (storage.freeBytes() < FREE_BYTES) {
            checks.add(
                    limited(name, "only " + free, "Free some space there: tests, demos and benchmarks write files."));
        } else if (storage.noexec() && path.equals(facts.temporary().path())) {
            checks.add(limited(
                    name,
                    free + ", mounted noexec",
                    "Tests that load LevelDB's native code need a directory for temporary files without noexec."));
        } else {
            checks.add(ok(name, free));
        }
    }

    private void locale(String fileNames) {
        if (fileNames.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8")) {
            checks.add(ok("locale", "file names are UTF-8"));
        } else {
            checks.add(limited(
                    "locale",
                    "file names are " + fileNames + ": those with other letters cannot be read",
                    "Set LC_ALL=C.UTF-8."));
        }
    }

    private void terminal(Terminal terminal) {
        String columns = terminal.columns() > 0 ? ", " + terminal.columns() + " columns" : "";
        if (!terminal.isTerminal()) {
            checks.add(ok("terminal", "the output is not a terminal: no colours and no progress"));
        } else if (terminal.columns() > 0 && terminal.columns() < COLUMNS) {
            checks.add(limited("terminal", terminal.columns() + " columns", "Make it " + COLUMNS + " columns wide."));
        } else {
            checks.add(ok("terminal", (terminal.colour() ? "colours" : "no colours") + columns));
        }
    }

    private void git() {
        checks.add(facts.git()
                .map(version -> ok("Git", version))
                .orElseGet(() -> missing(
                        "Git", "none", "Install Git if you want to keep your work in a repository.", Forbids.NOTHING)));
    }

    private void workspace(WorkspaceState workspace) {
        if (workspace.problem().isEmpty()) {
            checks.add(ok(
                    "workspace",
                    "%d of %d exercises pass in %s"
                            .formatted(workspace.passed(), workspace.exercises(), workspace.root())));
        } else {
            checks.add(missing("workspace", workspace.problem(), workspace.next(), Forbids.EVERYTHING));
        }
    }

    /** The number before the first dot. */
    private static int feature(String version) {
        String number = version.replaceFirst("\\D.*", "");
        return number.isEmpty() ? 0 : Integer.parseInt(number);
    }

    private static String size(long bytes) {
        return bytes >= 10L << 30 ? (bytes >> 30) + " GiB" : "%.1f GiB".formatted((double) bytes / (1L << 30));
    }
}
