package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Step;
import storagelab.twophase.CoordinatorLog;
import storagelab.twophase.InDoubtResolver;

/** Exercise 7.10: what is finished after a crash, what is left, and what is tried again. */
@Tag("7.10")
@DisplayName("A resolver of what is in doubt")
final class InDoubtResolverHiddenTest {
    private static final Set<String> BOTH = Set.of("a", "b");

    private final CrashDisk disk = CrashDisk.create();
    private final CoordinatorLog log = CoordinatorLog.open(disk.root().resolve("log"), 1 << 20);
    private final InDoubtResolver resolver = new InDoubtResolver(log);
    private final List<String> calls = new ArrayList<>();
    private final ScriptedParticipant a = new ScriptedParticipant("a", calls);
    private final ScriptedParticipant b = new ScriptedParticipant("b", calls);

    @Test
    @DisplayName("commits what the log has committed, and the log forgets it when all have acknowledged")
    void commits() {
        long id = committed();
        a.prepared(id);
        b.prepared(id);
        assertEquals(Set.of(), resolver.resolve(List.of(a, b)), "participants that are pending");
        assertEquals(List.of("a commit", "b commit"), calls.stream().distinct().toList(), "the different calls");
        assertEquals(Map.of(), log.waiting(), "what the log waits for");
    }

    @Test
    @DisplayName("has one acknowledge that committed before, and whose acknowledgement was lost")
    void acknowledges() {
        committed();
        assertEquals(Set.of(), resolver.resolve(List.of(a, b)), "participants that are pending");
        assertEquals(Map.of(), log.waiting(), "what the log waits for, though nothing is in doubt");
    }

    @Test
    @DisplayName("aborts what has no COMMIT record")
    void aborts() {
        a.prepared(77);
        b.prepared(78);
        assertEquals(Set.of(), resolver.resolve(List.of(a, b)), "participants that are pending");
        assertEquals(List.of("a abort", "b abort"), calls, "the calls");
    }

    @Test
    @DisplayName("leaves alone what the coordinator is still at work on")
    void undecided() {
        a.prepared(log.begin());
        assertEquals(Set.of(), resolver.resolve(List.of(a, b)), "participants that are pending");
        assertEquals(List.of(), calls, "the calls");
    }

    @Test
    @DisplayName(
            "goes on with the others when one is away, keeps its COMMIT record, and tries it again in the next round")
    void away() {
        long id = committed();
        b.prepared(id);
        for (String what : List.of("commit", "inDoubt")) {
            a.prepared(id).away(what);
            Step.at("a round in which a is away for " + what + ", and b is there");
            assertEquals(Set.of("a"), resolver.resolve(List.of(a, b)), "pending while a is away for " + what);
        }
        assertEquals(Set.of(), b.preparedNow(), "what is prepared in b");
        a.away("commit");
        long second = committed();
        a.prepared(second);
        assertEquals(Set.of("a"), resolver.resolve(List.of(a, b)), "pending while a is away");
        assertEquals(Set.of("a"), log.waiting().get(second), "who has not acknowledged the second transaction");
        a.away();
        assertEquals(Set.of(), resolver.resolve(List.of(a, b)), "pending when a is back");
        assertEquals(Set.of(), a.preparedNow(), "what is prepared in a");
        assertEquals(Map.of(), log.waiting(), "what the log waits for");
    }

    @Test
    @DisplayName("says which participants the log waits for that it was not given")
    void notGiven() {
        long id = committed();
        assertEquals(Set.of("b"), resolver.resolve(List.of(a)), "participants that are pending");
        assertEquals(Map.of(id, Set.of("b")), log.waiting(), "what the log waits for");
        assertEquals(Set.of("b"), resolver.resolve(List.of()), "participants that are pending");
    }

    @Test
    @DisplayName("tells a participant of no transaction that the log waits for others with")
    void ofOthers() {
        long id = log.begin();
        log.commit(id, Set.of("b"));
        assertEquals(Set.of("b"), resolver.resolve(List.of(a)), "participants that are pending");
        assertEquals(List.of(), calls, "the calls");
    }

    private long committed() {
        long id = log.begin();
        log.commit(id, BOTH);
        return id;
    }
}
