package storagelab.testkit.twophase;

import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.twophase.Participant;
import storagelab.twophase.Vote;

/** A participant that can be reached or not, as the test says. */
public final class AwayParticipant implements Participant {
    /** How the way to it is. */
    public enum Way {
        /** It hears and is heard. */
        OPEN,
        /** It does not hear what it is asked. */
        REQUEST_LOST,
        /** It does what it is asked, and its answer is lost. */
        ANSWER_LOST
    }

    private final Participant other;
    private volatile Way toPrepare = Way.OPEN;
    private volatile Way toFinish = Way.OPEN;

    /** One that is there. */
    public AwayParticipant(Participant other) {
        this.other = other;
    }

    /** From now on, so it is when it is asked to prepare or to commit alone. */
    public AwayParticipant whenPreparing(Way way) {
        toPrepare = way;
        return this;
    }

    /** From now on, so it is when it is told the outcome, or asked what is in doubt. */
    public AwayParticipant whenFinishing(Way way) {
        toFinish = way;
        return this;
    }

    @Override
    public String name() {
        return other.name();
    }

    @Override
    public Vote prepare(long transactionId, WriteBatch batch) {
        return over(toPrepare, () -> other.prepare(transactionId, batch));
    }

    @Override
    public void commit(long transactionId) {
        Vote unused = over(toFinish, () -> {
            other.commit(transactionId);
            return Vote.yes();
        });
    }

    @Override
    public void abort(long transactionId) {
        Vote unused = over(toFinish, () -> {
            other.abort(transactionId);
            return Vote.yes();
        });
    }

    @Override
    public Vote commitAlone(WriteBatch batch) {
        return over(toPrepare, () -> other.commitAlone(batch));
    }

    @Override
    public Set<Long> inDoubt() {
        return over(toFinish, other::inDoubt);
    }

    private <T> T over(Way way, Supplier<T> call) {
        if (way == Way.REQUEST_LOST) {
            throw lost("the request");
        }
        T answer = call.get();
        if (way == Way.ANSWER_LOST) {
            throw lost("the answer");
        }
        return answer;
    }

    private StorageIoException lost(String what) {
        return new StorageIoException("reaching " + other.name(), new IOException(what + " was lost"));
    }
}
