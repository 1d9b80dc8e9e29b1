// exercise: 5.7
// type: storagelab.log.CommitQueue
// verdict: caught
// because: every write waits for its turn and then goes alone: eight writers, eight syncs
public final class CommitQueue {
    private List<Waiting> group(Waiting leader) {
        return List.of(leader);
    }
}
