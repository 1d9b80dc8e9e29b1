package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.Step;
import storagelab.twophase.CoordinatorLog;
import storagelab.twophase.Outcome;
import storagelab.twophase.Participant;
import storagelab.twophase.TwoPhaseCoordinator;
import storagelab.twophase.Vote;

/** Exercise 7.10: who is asked what, in which order, and what is on the disk meanwhile. */
@Tag("7.10")
@DisplayName("A coordinator of two phases")
final class TwoPhaseCoordinatorHiddenTest {
    private static final long FIRST = 1L << 32;
    private static final long LARGE = 1 << 20;

    private final CrashDisk disk = CrashDisk.create();
    private final CoordinatorLog log = CoordinatorLog.open(disk.root().resolve("log"), LARGE);
    private final TwoPhaseCoordinator coordinator = new TwoPhaseCoordinator(log);
    private final List<String> calls = new ArrayList<>();
    private final ScriptedParticipant a = new ScriptedParticipant("a", calls);
    private final ScriptedParticipant b = new ScriptedParticipant("b", calls);
    private final ScriptedParticipant c = new ScriptedParticipant("c", calls);

    @Test
    @DisplayName("asks all that write, by name, before it tells one of them to commit")
    void order() {
        Set<String> pending = commit(b, c, a);
        assertEquals(
                List.of("a prepare", "b prepare", "c prepare", "a commit", "b commit", "c commit"), calls, "the calls");
        assertEquals(Set.of(), pending, "participants that have not acknowledged");
        assertEquals(Map.of(), log.waiting(), "what the log waits for");
    }

    @Test
    @DisplayName("has the COMMIT record on the disk, with all that voted YES, before it tells one of them")
    void forcedBefore() {
        List<Object> found = new ArrayList<>();
        a.atCommit(() -> found.add(survivors()));
        commit(a, b);
        assertEquals(
                List.of(Map.of(FIRST, Set.of("a", "b"))),
                found,
                "what a power cut leaves in the log when the first participant is told to commit");
    }

    @Test
    @DisplayName("forces one record of its own, for two participants and for three")
    void costs() {
        for (List<ScriptedParticipant> some : List.of(List.of(a, b), List.of(a, b, c))) {
            long before = disk.counters().syncs();
            commit(some.toArray(ScriptedParticipant[]::new));
            assertEquals(1, disk.counters().syncs() - before, "syncs of the log for " + some.size() + " participants");
        }
    }

    @Test
    @DisplayName("asks those that only read first, and has them leave: they are neither told nor in the log")
    void readers() {
        Map<Participant, WriteBatch> work = work(b, c);
        work.put(a, new WriteBatch());
        ScriptedParticipant reader = new ScriptedParticipant("z", calls);
        work.put(reader, new WriteBatch());
        List<Object> found = new ArrayList<>();
        b.atCommit(() -> found.add(log.waiting()));
        commit(work);
        assertEquals(
                List.of("a prepare", "z prepare", "b prepare", "c prepare", "b commit", "c commit"),
                calls,
                "the calls");
        assertEquals(List.of(Map.of(FIRST, Set.of("b", "c"))), found, "what the log waits for when b is told");
    }

    @Test
    @DisplayName("has one that is left alone commit in one phase, and writes nothing itself")
    void alone() {
        int before = disk.operations().size();
        assertEquals(Set.of(), commit(a), "participants that have not acknowledged");
        Map<Participant, WriteBatch> work = work(b);
        work.put(c, new WriteBatch());
        assertEquals(Set.of(), commit(work), "participants that have not acknowledged");
        assertEquals(List.of("a alone", "c prepare", "b alone"), calls, "the calls");
        assertEquals(0, disk.operations().size() - before, "operations of the log on the disk");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST), "the outcome of the id, which is no longer undecided");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST + 1), "the outcome of the id, which is no longer undecided");
    }

    @Test
    @DisplayName("writes nothing if nothing is left to commit")
    void nothingLeft() {
        int before = disk.operations().size();
        a.votes(Vote.readOnly());
        b.votes(Vote.readOnly());
        assertEquals(Set.of(), commit(a, b), "participants that have not acknowledged");
        assertEquals(Set.of(), commit(Map.of()), "participants that have not acknowledged");
        assertEquals(0, disk.operations().size() - before, "operations of the log on the disk");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST), "the outcome of the id, which is no longer undecided");
    }

    @Test
    @DisplayName("stops at the first NO, aborts those that have voted YES, and says who refuses and why")
    void refused() {
        b.votes(Vote.no("the key stock is locked"));
        int before = disk.operations().size();
        Step.at("a transaction over a, b and c, of which b votes NO");
        TransactionConflictException refusal = assertThrows(TransactionConflictException.class, () -> commit(a, b, c));
        assertEquals(List.of("a prepare", "b prepare", "a abort"), calls, "the calls");
        assertEquals("b refuses: the key stock is locked", refusal.getMessage(), "the message");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST), "the outcome");
        assertEquals(
                0, disk.operations().size() - before, "operations of the log on the disk: an abort is not written");
    }

    @Test
    @DisplayName("hears the NO of one that only reads, and of one that is alone")
    void refusedByAReader() {
        a.votes(Vote.no("the snapshot is too old"));
        Map<Participant, WriteBatch> work = work(b, c);
        work.put(a, new WriteBatch());
        Step.at("a transaction over a, which reads and votes NO, and b and c, which write");
        assertThrows(TransactionConflictException.class, () -> commit(work));
        Step.at("a transaction over a alone, which votes NO");
        assertThrows(TransactionConflictException.class, () -> commit(a));
        assertEquals(List.of("a prepare", "a alone"), calls, "the calls");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST), "the outcome");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST + 1), "the outcome");
    }

    @Test
    @DisplayName("aborts when one cannot be reached before the decision, at that one too, since it may have prepared")
    void awayBefore() {
        b.away("prepare", "abort");
        Step.at("a transaction over a, b and c, of which b is away");
        StorageException away = assertThrows(StorageIoException.class, () -> commit(a, b, c));
        assertTrue(
                String.valueOf(away.getMessage()).contains("b"),
                "the exception is not that of the participant: " + away);
        assertEquals(Set.of("a prepare", "b prepare", "a abort", "b abort"), Set.copyOf(calls), "the calls");
        assertEquals(Outcome.ABORTED, log.outcome(FIRST), "the outcome");
        calls.clear();
        a.away("abort");
        c.votes(Vote.no("no"));
        b.away();
        Step.at("a transaction over a, b and c, of which c votes NO and a cannot be told");
        assertThrows(TransactionConflictException.class, () -> commit(a, b, c));
        assertTrue(calls.contains("b abort"), "b was not told, since a could not be reached: " + calls);
    }

    @Test
    @DisplayName("throws what a participant has thrown, also if it throws the same when it is told of the abort")
    void sameFailure() {
        StorageIoException away = new StorageIoException("far is away", new IOException("no answer"));
        Participant far = new ScriptedParticipant("far", calls).throwing(away);
        Step.at("a transaction over a and one that throws the same exception whatever it is asked");
        WriteBatch batch = new WriteBatch().put(Slice.utf8("key"), Slice.utf8("value"));
        RuntimeException thrown = assertThrows(
                RuntimeException.class, () -> commit(Map.<Participant, WriteBatch>of(a, batch, far, batch)));
        assertTrue(thrown == away, "the exception is not that of the participant: " + thrown);
    }

    @Test
    @DisplayName("goes on with the others when one cannot be reached after the decision; the log waits for that one")
    void awayAfter() {
        a.away("commit");
        assertEquals(Set.of("a"), commit(a, b, c), "participants that have not acknowledged");
        assertEquals(
                List.of("a prepare", "b prepare", "c prepare", "a commit", "b commit", "c commit"), calls, "the calls");
        assertEquals(Map.of(FIRST, Set.of("a")), log.waiting(), "what the log waits for");
        assertEquals(Outcome.COMMITTED, log.outcome(FIRST), "the outcome");
    }

    @Test
    @DisplayName("tells no participant anything when the sync of the COMMIT record fails: the outcome is not known")
    void logFails() {
        disk.faults().failOnce(DiskCall.SYNC, 1);
        Step.at("a transaction whose COMMIT record is not synced");
        assertThrows(StorageIoException.class, () -> commit(a, b));
        assertEquals(List.of("a prepare", "b prepare"), calls, "the calls");
        assertEquals(Outcome.UNDECIDED, log.outcome(FIRST), "the outcome");
    }

    @Test
    @DisplayName("refuses two participants of one name before it asks one of them")
    void sameName() {
        Step.at("a transaction over two participants named a");
        assertThrows(IllegalArgumentException.class, () -> commit(a, new ScriptedParticipant("a", calls), b));
        assertEquals(List.of(), calls, "the calls");
        assertEquals(FIRST, log.begin(), "the first id, which was not taken");
    }

    @Test
    @DisplayName("gives each transaction an id of its own")
    void ids() {
        a.away("commit");
        commit(a, b);
        commit(a, b);
        assertEquals(Set.of(FIRST, FIRST + 1), log.waiting().keySet(), "the transactions that wait for a");
    }

    private Set<String> commit(ScriptedParticipant... writers) {
        return commit(work(writers));
    }

    private Set<String> commit(Map<Participant, WriteBatch> work) {
        return coordinator.commit(work);
    }

    private static Map<Participant, WriteBatch> work(ScriptedParticipant... writers) {
        Map<Participant, WriteBatch> work = new HashMap<>();
        for (ScriptedParticipant writer : writers) {
            work.put(writer, new WriteBatch().put(Slice.utf8("stock"), Slice.utf8("9")));
        }
        return work;
    }

    /** What the log waits for after a power cut at this moment. */
    private Map<Long, Set<String>> survivors() {
        Path home = disk.afterCrash(SurvivalMode.NOTHING, 1).root().resolve("log");
        try (CoordinatorLog left = CoordinatorLog.open(home, LARGE)) {
            return left.waiting();
        }
    }
}
