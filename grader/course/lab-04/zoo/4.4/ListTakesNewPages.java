// exercise: 4.4
// type: storagelab.page.FreeList
// verdict: caught
// because: the list is stored in new pages each time, so that a file of which most is free still grows
public final class FreeList {
    private List<Integer> takeChain(int numbersInPage, IntPredicate writable) {
        List<Integer> chain = new ArrayList<>();
        while (freeCount > (long) chain.size() * numbersInPage) {
            chain.add(newPage());
        }
        return List.copyOf(chain);
    }
}
