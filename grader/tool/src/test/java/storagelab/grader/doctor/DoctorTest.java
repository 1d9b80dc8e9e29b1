package storagelab.grader.doctor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import storagelab.grader.doctor.Facts.Build;
import storagelab.grader.doctor.Facts.Checkout;
import storagelab.grader.doctor.Facts.Host;
import storagelab.grader.doctor.Facts.Jdk;
import storagelab.grader.doctor.Facts.Storage;
import storagelab.grader.doctor.Facts.Terminal;
import storagelab.grader.doctor.Facts.WorkspaceState;
import storagelab.grader.run.Sandboxes.Survey;
import storagelab.grader.run.Sandboxes.Trial;

/** What is said about machines of every kind. */
class DoctorTest {
    private static final long GIB = 1L << 30;
    private static final Jdk JDK = new Jdk("17.0.15", Path.of("/jdk"), true);
    private static final Host HOST = new Host("Linux 6.1 amd64", 4, 0.5, 16 * GIB, "UTF-8");
    private static final Storage TEMPORARY = new Storage(Path.of("/tmp"), 50 * GIB, true, false);
    private static final Storage HERE = new Storage(Path.of("/labs"), 5 * GIB, true, false);
    private static final Terminal TERMINAL = new Terminal(true, true, 120);
    private static final Survey SANDBOXES = new Survey(
            List.of(new Trial("util-linux", ""), new Trial("Bubblewrap", "setting up uid map: Permission denied")),
            List.of(),
            false,
            "Install util-linux.");
    private static final Checkout CHECKOUT = new Checkout(Optional.of("3.9.9"), Build.CURRENT, SANDBOXES);

    @Test
    void aMachineForAll() {
        Diagnosis diagnosis = Doctor.examine(facts(JDK, HOST, TEMPORARY, TERMINAL, Optional.of(CHECKOUT)));

        assertThat(text(diagnosis), is("""
                OK JDK: 17.0.15 with a compiler, in /jdk
                OK other JDKs: 21.0.4 in /jdk21; 25 in /jdk25
                OK Maven: 3.9.9
                OK build: what grading uses is built from these sources
                OK sandbox: as an ordinary user: util-linux works; Bubblewrap does not: setting up uid map: Permission denied
                OK processors: 4 processors, Linux 6.1 amd64
                OK memory: 16 GiB
                OK temporary files: 50 GiB free in /tmp
                OK this directory: 5.0 GiB free in /labs
                OK locale: file names are UTF-8
                OK terminal: colours, 120 columns
                OK Git: 2.39.5
                OK workspace: 3 of 80 exercises pass in /labs
                """));
        assertThat(diagnosis.work(), is(true));
        assertThat(diagnosis.grading(), is(true));
        assertThat(diagnosis.isFit(), is(true));
    }

    @Test
    void whatIsLimitedForbidsNothingAndHasANextStep() {
        Host busy = new Host("Linux 6.1 amd64", 1, 3.14, GIB, "ANSI_X3.4-1968");
        Checkout stale = new Checkout(Optional.of("3.9.9"), Build.STALE, SANDBOXES);

        Diagnosis diagnosis = Doctor.examine(new Facts(
                JDK,
                List.of(),
                busy,
                new Storage(Path.of("/tmp"), 50 * GIB, true, true),
                new Storage(Path.of("/labs"), GIB / 2, true, true),
                new Terminal(true, false, 60),
                Optional.empty(),
                Optional.of(stale),
                Optional.empty()));

        assertThat(text(diagnosis), is("""
                OK JDK: 17.0.15 with a compiler, in /jdk
                OK Maven: 3.9.9
                LIMITED build: a source is newer than what grading uses
                  Nothing: ./lab grade builds it again, in about two minutes.
                OK sandbox: as an ordinary user: util-linux works; Bubblewrap does not: setting up uid map: Permission denied
                LIMITED processors: 1 processor, busy: 3.1 threads wanted one in the last minute
                  Measure when less runs: benchmarks may be too noisy. Verdicts of tests do not depend on it.
                LIMITED memory: 1.0 GiB
                  Give the machine or the container 1.5 GiB: with less, the system may end JVMs of tests.
                LIMITED temporary files: 50 GiB free in /tmp, mounted noexec
                  Tests that load LevelDB's native code need a directory for temporary files without noexec.
                LIMITED this directory: only 0.5 GiB free in /labs
                  Free some space there: tests, demos and benchmarks write files.
                LIMITED locale: file names are ANSI_X3.4-1968: those with other letters cannot be read
                  Set LC_ALL=C.UTF-8.
                LIMITED terminal: 60 columns
                  Make it 80 columns wide.
                MISSING Git: none
                  Install Git if you want to keep your work in a repository.
                """));
        assertThat(diagnosis.isFit(), is(true));
    }

    @Test
    void withoutASandboxThereIsWorkAndNoGrading() {
        Survey none = new Survey(
                List.of(new Trial("util-linux, with namespaces of root", "unshare: Operation not permitted")),
                List.of("pivot_root is not installed"),
                true,
                "Grade in a virtual machine.");

        Diagnosis diagnosis = Doctor.examine(facts(
                JDK, HOST, TEMPORARY, TERMINAL, Optional.of(new Checkout(Optional.of("3.9.9"), Build.CURRENT, none))));

        assertThat(text(diagnosis), containsString("""
                MISSING sandbox: as root: util-linux, with namespaces of root does not: unshare: Operation not permitted;\
                 pivot_root is not installed
                  Grade in a virtual machine.
                """));
        assertThat(diagnosis.work(), is(true));
        assertThat(diagnosis.grading(), is(false));
        assertThat(diagnosis.isFit(), is(false));
    }

    @Test
    void withoutMavenThereIsGradingOnlyIfItIsBuilt() {
        Checkout built = new Checkout(Optional.empty(), Build.CURRENT, SANDBOXES);
        Checkout notBuilt = new Checkout(Optional.empty(), Build.NONE, SANDBOXES);

        assertThat(
                Doctor.examine(facts(JDK, HOST, TEMPORARY, TERMINAL, Optional.of(built)))
                        .grading(),
                is(true));
        assertThat(
                Doctor.examine(facts(JDK, HOST, TEMPORARY, TERMINAL, Optional.of(notBuilt)))
                        .grading(),
                is(false));
    }

    @Test
    void aHandoutIsNotAskedAboutGrading() {
        Diagnosis diagnosis = Doctor.examine(facts(JDK, HOST, TEMPORARY, TERMINAL, Optional.empty()));

        assertThat(
                diagnosis.checks().stream().map(Check::name).collect(Collectors.joining(" ")),
                is("JDK other JDKs processors memory temporary files this directory locale terminal Git workspace"));
        assertThat(diagnosis.grading(), is(nullValue()));
        assertThat(diagnosis.isFit(), is(true));
    }

    @Test
    void withoutACompilerOrSpaceNothingIsPossible() {
        Jdk runtime = new Jdk("21.0.4", Path.of("/jre"), false);
        Jdk old = new Jdk("1.8.0_392", Path.of("/old"), true);
        Storage full = new Storage(Path.of("/tmp"), 1 << 20, true, false);
        Storage closed = new Storage(Path.of("/tmp"), GIB, false, false);

        assertThat(isWorkPossible(JDK, TEMPORARY), is(true));
        assertThat(isWorkPossible(runtime, TEMPORARY), is(false));
        assertThat(isWorkPossible(old, TEMPORARY), is(false));
        assertThat(isWorkPossible(JDK, full), is(false));
        assertThat(isWorkPossible(JDK, closed), is(false));
    }

    @Test
    void aCheckoutOfAnotherUserIsEnoughToGradeWith() {
        Storage closed = new Storage(Path.of("/course"), 5 * GIB, false, false);

        Diagnosis diagnosis = Doctor.examine(new Facts(
                JDK,
                List.of(),
                HOST,
                TEMPORARY,
                closed,
                TERMINAL,
                Optional.empty(),
                Optional.of(CHECKOUT),
                Optional.empty()));

        assertThat(text(diagnosis), containsString("""
                LIMITED this directory: /course cannot be written: nothing can be built in it
                  Call ./lab as the user that owns it.
                """));
        assertThat(diagnosis.isFit(), is(true));
    }

    private static boolean isWorkPossible(Jdk jdk, Storage temporary) {
        Diagnosis diagnosis = Doctor.examine(facts(jdk, HOST, temporary, TERMINAL, Optional.of(CHECKOUT)));
        assertThat("grading needs what work needs", diagnosis.grading(), is(diagnosis.work()));
        return diagnosis.work();
    }

    private static Facts facts(Jdk jdk, Host host, Storage temporary, Terminal terminal, Optional<Checkout> checkout) {
        return new Facts(
                jdk,
                List.of(new Jdk("21.0.4", Path.of("/jdk21"), true), new Jdk("25", Path.of("/jdk25"), true)),
                host,
                temporary,
                HERE,
                terminal,
                Optional.of("2.39.5"),
                checkout,
                Optional.of(new WorkspaceState(Path.of("/labs"), "", "", 3, 80)));
    }

    private static String text(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        for (Check check : diagnosis.checks()) {
            text.append(check.state()).append(' ').append(check.name()).append(": ");
            text.append(check.found()).append('\n');
            text.append(check.next().isEmpty() ? "" : "  " + check.next() + "\n");
        }
        return text.toString();
    }
}
