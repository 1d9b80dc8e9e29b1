package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;
import storagelab.grader.bench.peers.PeerLibraries;
import storagelab.grader.cli.LabCalls.Said;

/** What {@code lab bench --against peers} says, with engines that need no library of others. */
@Tag("same-on-every-jdk")
class PeersBenchTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final LabCalls LAB = new LabCalls(HOME);

    @TempDir
    Path directory;

    @Test
    void enginesAreComparedAndSaidAgain() {
        Said said = LAB.in(
                HOME,
                "bench",
                "4",
                "--against",
                "peers",
                "--engines",
                "skiplist,ours",
                "--workloads",
                "readrandom,fillrandom",
                "--records",
                "2000",
                "--quick",
                "--seed",
                "5");

        assertThat(said.err(), said.exit(), is(0));
        assertThat(said.out(), containsString("Lab 4, the reference, beside other engines: 2,000 records"));
        assertThat(said.out(), containsString("fillrandom: file over user data, at most 1.5"));
        assertThat(
                said.out(),
                containsString("again: ./lab bench 4 --against peers --engines skiplist,ours"
                        + " --workloads readrandom,fillrandom --records 2000 --quick --seed 5"));
        assertThat(said.out(), not(containsString("Fetching")));
        assertThat(said.out(), not(containsString("failed")));
    }

    @Test
    void theTreeOfLabFiveIsKilledAndOpenedAgain() {
        Said said = LAB.in(
                HOME,
                "bench",
                "5",
                "--against",
                "peers",
                "--engines",
                "ours,ours-zstd",
                "--workloads",
                "fillrandom,reopen-kill",
                "--records",
                "2000",
                "--quick");

        assertThat(said.err(), said.exit(), is(0));
        assertThat(said.out(), matchesPattern("(?s).*\nreopen-kill, lost +0 +0\n.*"));
        assertThat(said.out(), containsString("reopen-kill: records lost, at most 0"));
        assertThat(said.out(), containsString("fillrandom: at least 1.8 times rocksdb"));
        assertThat(said.out(), not(containsString("failed")));
    }

    @Test
    void whatThereIsNotIsNamed() {
        Said engine = LAB.in(HOME, "bench", "4", "--against", "peers", "--engines", "oracle");
        assertThat(engine.exit(), is(LabException.USAGE));
        assertThat(engine.err(), containsString("There is no engine oracle."));
        assertThat(engine.err(), containsString("There are ours, lmdb, lmdb-writemap, mvstore, tupl, "));

        Said workload = LAB.in(HOME, "bench", "4", "--against", "peers", "--workloads", "tpc-c");
        assertThat(workload.exit(), is(LabException.USAGE));
        assertThat(workload.err(), containsString("There is no workload tpc-c."));

        Said lab = LAB.in(HOME, "bench", "1", "--against", "peers");
        assertThat(lab.exit(), is(LabException.USAGE));
        assertThat(lab.err(), containsString("Lab 1 has no engine to compare with others."));
    }

    @Test
    void librariesThatCannotBeFetchedAreSaidInOneSentence() throws Exception {
        Files.createDirectories(directory.resolve("grader/measure/peers"));
        Files.writeString(directory.resolve("grader/measure/peers/pom.xml"), "this is no project");
        PeerLibraries libraries = new PeerLibraries(directory);

        assertThat(libraries.isFetched(), is(false));
        String sentence = String.valueOf(assertThrows(PeerLibraries.MissingException.class, libraries::fetch)
                .getMessage());

        assertThat(sentence, containsString("The libraries of the other engines "));
        assertThat(sentence, containsString("To see more, run mvn"));
        assertThat(sentence.lines().count(), is(1L));
        assertThat(libraries.isFetched(), is(false));
    }
}
