// exercise: 5.7
// type: storagelab.lsm.CommitQueue
// verdict: caught
// because: the members of the group are woken, and the first of those behind is not: it sleeps until the next writer is done, or for ever
public final class CommitQueue {
    private void finish(List<Waiting> group, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            for (Waiting member : group) {
                waiting.removeFirst();
                member.done = true;
                member.failure = failure;
                member.wake();
            }
        } finally {
            lock.unlock();
        }
    }
}
