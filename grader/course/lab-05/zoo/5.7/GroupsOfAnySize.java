// exercise: 5.7
// type: storagelab.lsm.CommitQueue
// verdict: caught
// because: a group takes all who wait: a put of ten bytes waits until a megabyte of others is written
public final class CommitQueue {
    private List<Waiting> group(Waiting leader) {
        List<Waiting> group = new ArrayList<>();
        for (Waiting next : waiting) {
            boolean needsMore = next.durability == Durability.SYNCED && leader.durability != Durability.SYNCED;
            if (!group.isEmpty() && (leader.alone || next.alone || needsMore)) {
                break;
            }
            group.add(next);
        }
        return group;
    }
}
