// exercise: 5.7
// type: storagelab.log.CommitQueue
// verdict: caught
// because: the leader throws, and those who rode with it return as if their writes were in the log
public final class CommitQueue {
    private static void throwIfFailed(Waiting member) {}
}
