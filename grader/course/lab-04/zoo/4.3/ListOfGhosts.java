// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: ghosts are a list, which is searched from end to end for every page that comes
import java.util.ArrayList;
import java.util.List;

public final class TwoQueuePolicy {
    private final List<Integer> ghostList = new ArrayList<>();

    public void admit(int slot, int page) {
        queues.requireEmpty(slot);
        pages[slot] = page;
        isRecent[slot] = !ghostList.remove((Integer) page);
        if (isRecent[slot]) {
            recentCount++;
        }
        queues.addLast(isRecent[slot] ? RECENT : FREQUENT, slot);
    }

    private void addGhost(int page) {
        ghostList.add(page);
        if (ghostList.size() > ghostsMax) {
            ghostList.remove(0);
        }
    }
}
