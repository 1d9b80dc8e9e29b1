// exercise: 3.5
// type: storagelab.skiplist.SkipList
// verdict: caught
// because: one node in two goes up, as in many textbooks: as quick, but half as many links again
public final class SkipList<K, V> {
    private int randomHeight() {
        int height = 1;
        while (height < MAX_LEVELS && coin.nextInt(4) < 2) {
            height++;
        }
        return height;
    }
}
