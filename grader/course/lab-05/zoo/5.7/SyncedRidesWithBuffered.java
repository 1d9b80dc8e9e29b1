// exercise: 5.7
// type: storagelab.lsm.CommitQueue
// verdict: caught
// because: a SYNCED write rides with a BUFFERED leader and returns without having been synced
public final class CommitQueue {
    private List<Waiting> group(Waiting leader) {
        long bytesMax = leader.bytes <= SMALL_BYTES ? leader.bytes + SMALL_BYTES : GROUP_BYTES_MAX;
        List<Waiting> group = new ArrayList<>();
        long bytes = 0;
        for (Waiting next : waiting) {
            if (!group.isEmpty() && (leader.alone || next.alone || bytes + next.bytes > bytesMax)) {
                break;
            }
            group.add(next);
            bytes += next.bytes;
        }
        return group;
    }
}
