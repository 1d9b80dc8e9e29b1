// exercise: 5.7
// type: storagelab.log.CommitQueue
// verdict: caught
// because: a group that has failed is never taken off the queue, and everybody behind it waits for ever
public final class CommitQueue {
    private void lead(List<Waiting> group, Runnable task) {
        task.run();
        finish(group, null);
    }
}
