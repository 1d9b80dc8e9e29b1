// exercise: 4.4
// type: storagelab.page.FreeList
// verdict: caught
// because: the pages in which the list is stored are still free in it, and are given out and written over
public final class FreeList {
    private List<Integer> takeChain(int numbersInPage, IntPredicate writable) {
        int pages = (freeCount + numbersInPage - 1) / numbersInPage;
        return free.stream().filter(writable).limit(pages).boxed().toList();
    }
}
