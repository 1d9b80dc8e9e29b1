// exercise: 5.7
// type: storagelab.lsm.CommitQueue
// verdict: accepted
// because: one condition wakes everybody, and each looks whether it is meant: slower with many writers, and right
public final class CommitQueue {
    private final Condition changed = lock.newCondition();

    private List<Waiting> awaitTurn(Waiting mine) {
        lock.lock();
        try {
            waiting.addLast(mine);
            while (!mine.done && waiting.peekFirst() != mine) {
                changed.awaitUninterruptibly();
            }
            if (mine.done) {
                throwIfFailed(mine);
                return List.of();
            }
            return group(mine);
        } finally {
            lock.unlock();
        }
    }

    private void finish(List<Waiting> group, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            for (Waiting member : group) {
                waiting.remove(member);
                member.done = true;
                member.failure = failure;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
