package storagelab.grader.hidden.lab07;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.twophase.Participant;
import storagelab.twophase.Vote;

/** A participant that answers as the test says, and writes down what it is asked. */
final class ScriptedParticipant implements Participant {
    private final String name;
    private final List<String> calls; // shared by all participants of a test
    private final Set<Long> prepared = new TreeSet<>();
    private final Set<String> away = new HashSet<>();
    private Vote vote = Vote.yes();
    private Runnable atCommit = () -> {};
    private @Nullable StorageIoException failure;

    ScriptedParticipant(String name, List<String> calls) {
        this.name = name;
        this.calls = calls;
    }

    ScriptedParticipant votes(Vote answer) {
        vote = answer;
        return this;
    }

    /** Cannot be reached from now on with these calls: prepare, commit, abort, alone, inDoubt. */
    ScriptedParticipant away(String... what) {
        away.clear();
        away.addAll(List.of(what));
        return this;
    }

    /** Answers every call with this very exception. */
    ScriptedParticipant throwing(StorageIoException thrown) {
        failure = thrown;
        return this;
    }

    ScriptedParticipant atCommit(Runnable look) {
        atCommit = look;
        return this;
    }

    ScriptedParticipant prepared(long transactionId) {
        prepared.add(transactionId);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vote prepare(long transactionId, WriteBatch batch) {
        called("prepare");
        if (batch.isEmpty()) {
            return vote.kind() == Vote.Kind.NO ? vote : Vote.readOnly();
        }
        if (vote.kind() == Vote.Kind.YES) {
            prepared.add(transactionId);
        }
        return vote;
    }

    @Override
    public void commit(long transactionId) {
        called("commit");
        atCommit.run();
        prepared.remove(transactionId);
    }

    @Override
    public void abort(long transactionId) {
        called("abort");
        prepared.remove(transactionId);
    }

    @Override
    public Vote commitAlone(WriteBatch batch) {
        called("alone");
        return batch.isEmpty() && vote.kind() == Vote.Kind.YES ? Vote.readOnly() : vote;
    }

    @Override
    public Set<Long> inDoubt() {
        called("inDoubt");
        return new TreeSet<>(prepared);
    }

    Set<Long> preparedNow() {
        return prepared;
    }

    private void called(String what) {
        if (!what.equals("inDoubt")) {
            calls.add(name + " " + what);
        }
        if (failure != null) {
            throw failure;
        }
        if (away.contains(what)) {
            throw new StorageIoException("reaching " + name, new IOException("it is away"));
        }
    }
}
