// exercise: 5.7
// type: storagelab.lsm.CommitQueue
// verdict: caught
// because: who does not fit into the group is passed over, and those behind him overtake: writes of one thread may change places
public final class CommitQueue {
    private List<Waiting> group(Waiting leader) {
        long bytesMax = leader.bytes <= SMALL_BYTES ? leader.bytes + SMALL_BYTES : GROUP_BYTES_MAX;
        List<Waiting> group = new ArrayList<>();
        long bytes = 0;
        for (Waiting next : waiting) {
            boolean needsMore = next.durability == Durability.SYNCED && leader.durability != Durability.SYNCED;
            boolean apart = leader.alone || next.alone;
            if (group.isEmpty() || !(apart || needsMore || bytes + next.bytes > bytesMax)) {
                group.add(next);
                bytes += next.bytes;
            }
        }
        return group;
    }

    private void finish(List<Waiting> group, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            for (Waiting member : group) {
                waiting.remove(member);
                member.done = true;
                member.failure = failure;
                member.wake();
            }
            Waiting next = waiting.peekFirst();
            if (next != null) {
                next.wake();
            }
        } finally {
            lock.unlock();
        }
    }
}
