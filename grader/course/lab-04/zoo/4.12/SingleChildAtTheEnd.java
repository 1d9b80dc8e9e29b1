// exercise: 4.12
// type: storagelab.btree.BulkLoader
// verdict: caught
// because: the child that is left over for the last branch stays alone there
public final class BulkLoader {
    private static boolean fitsTwo(BranchNode branch, Child one, Child other) {
        return true;
    }
}
