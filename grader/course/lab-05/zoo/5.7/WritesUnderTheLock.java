// exercise: 5.7
// type: storagelab.lsm.CommitQueue
// verdict: caught
// because: the leader writes while it holds the lock: nobody can queue up meanwhile, and no group ever gathers
public final class CommitQueue {
    private void lead(List<Waiting> group, Runnable task) {
        lock.lock();
        RuntimeException failure = null;
        try {
            task.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } catch (Error e) {
            failure = new IllegalStateException("the write that this one was to go with has failed", e);
            throw e;
        } finally {
            finish(group, failure);
            lock.unlock();
        }
    }
}
