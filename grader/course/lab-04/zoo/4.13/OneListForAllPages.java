// exercise: 4.13
// type: storagelab.btree.PageReclaimer
// replace: type
// verdict: accepted
// because: one list of pages, and every held version is asked for each of them: slower, and the same answers
package storagelab.btree;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

public final class PageReclaimer {
    private record Page(int number, long born, long freed) {}

    private final List<Long> held = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();

    public PageReclaimer() {}

    public synchronized void hold(long version) {
        held.add(version);
    }

    public synchronized void release(long version) {
        if (!held.remove(Long.valueOf(version))) {
            throw new IllegalStateException("version " + version + " is not held");
        }
    }

    public synchronized void giveUp(int page, long born, long freed) {
        if (freed <= born) {
            throw new IllegalArgumentException("page " + page + ": " + born + " to " + freed);
        }
        pages.add(new Page(page, born, freed));
    }

    public synchronized List<Integer> takeReusable() {
        List<Integer> taken = new ArrayList<>();
        for (Iterator<Page> it = pages.iterator(); it.hasNext(); ) {
            Page page = it.next();
            if (isReusable(page)) {
                taken.add(page.number);
                it.remove();
            }
        }
        return taken;
    }

    public synchronized int reusableCount() {
        return (int) pages.stream().filter(this::isReusable).count();
    }

    public synchronized List<Integer> waiting() {
        return pages.stream().map(Page::number).toList();
    }

    private boolean isReusable(Page page) {
        return held.stream().noneMatch(version -> page.born <= version && version < page.freed);
    }
}
