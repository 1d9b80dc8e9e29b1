// exercise: 4.4
// type: storagelab.page.FreeList
// replace: type
// verdict: accepted
// because: the free pages as a sorted set of numbers instead of a bit for each page
import java.util.TreeSet;

public final class FreeList {
    private final TreeSet<Integer> free = new TreeSet<>();
    private int pageCount;
    private List<Integer> storedIn = List.of();

    public FreeList(int pageCount) {
        if (pageCount < 2) {
            throw new IllegalArgumentException("pageCount " + pageCount);
        }
        this.pageCount = pageCount;
    }

    public int allocate() {
        return free.isEmpty() ? pageCount++ : free.pollFirst();
    }

    public void release(int page) {
        if (page < 2 || page >= pageCount || !free.add(page)) {
            throw new IllegalArgumentException("page " + page + " cannot be released");
        }
    }

    public boolean isFree(int page) {
        return free.contains(page);
    }

    public int freeCount() {
        return free.size();
    }

    public int pageCount() {
        return pageCount;
    }

    public FreeList copy() {
        FreeList copy = new FreeList(pageCount);
        copy.free.addAll(free);
        copy.storedIn = storedIn;
        return copy;
    }

    public void dropFreeTail() {
        while (free.remove(pageCount - 1)) {
            pageCount--;
        }
    }

    public int store(PageFile file, long born) {
        return store(file, born, page -> true);
    }

    public int store(PageFile file, long born, IntPredicate writable) {
        int room = (file.pageSizeBytes() - 28) / 4;
        List<Integer> candidates = new ArrayList<>(free.stream().filter(writable::test).toList());
        List<Integer> chain = new ArrayList<>();
        while (free.size() > chain.size() * room) {
            int page = candidates.isEmpty() ? pageCount++ : candidates.remove(0);
            free.remove(page);
            chain.add(page);
        }
        List<Integer> numbers = List.copyOf(free);
        for (int i = 0; i < chain.size(); i++) {
            List<Integer> part =
                    numbers.subList(Math.min(numbers.size(), i * room), Math.min(numbers.size(), (i + 1) * room));
            byte[] page = PageLayout.newPage(file.pageSizeBytes(), PageLayout.FREE_LIST, born);
            PageLayout.putInt(page, 20, i + 1 < chain.size() ? chain.get(i + 1) : 0);
            PageLayout.putInt(page, 24, part.size());
            for (int j = 0; j < part.size(); j++) {
                PageLayout.putInt(page, 28 + 4 * j, part.get(j));
            }
            file.write(chain.get(i), page);
        }
        storedIn = List.copyOf(chain);
        return chain.isEmpty() ? 0 : chain.get(0);
    }

    public List<Integer> storedIn() {
        return storedIn;
    }

    public static FreeList load(PageFile file, MetaPage meta) {
        FreeList list = new FreeList(meta.pageCount());
        List<Integer> chain = new ArrayList<>();
        int at = meta.freeListPage();
        while (at != 0) {
            byte[] page = file.read(at);
            chain.add(at);
            int count = PageLayout.getInt(page, 24);
            int next = PageLayout.getInt(page, 20);
            if (PageLayout.kind(page) != PageLayout.FREE_LIST
                    || count < 0
                    || count > (file.pageSizeBytes() - 28) / 4
                    || next == 1
                    || next < 0
                    || next >= meta.pageCount()
                    || chain.contains(next)) {
                throw damaged(file, at, "a page of the free list");
            }
            for (int i = 0; i < count; i++) {
                int number = PageLayout.getInt(page, 28 + 4 * i);
                if (number < 2
                        || number >= meta.pageCount()
                        || chain.contains(number)
                        || !list.free.isEmpty() && list.free.last() >= number) {
                    throw damaged(file, at, "free pages in order, not page " + number);
                }
                list.free.add(number);
            }
            at = next;
        }
        for (int page : chain) {
            if (list.free.contains(page)) {
                throw damaged(file, page, "a page in use");
            }
        }
        list.storedIn = chain;
        return list;
    }

    private static CorruptionException damaged(PageFile file, int page, String expected) {
        return new CorruptionException(file.path(), (long) page * file.pageSizeBytes(), expected, "something else");
    }
}
