// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: all pages of a value are in memory until the last is written
public final class OverflowPages {
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int[] chain = new int[pageCount(value.length(), pages.pageSizeBytes()) + 1];
        for (int i = 0; i < chain.length - 1; i++) {
            chain[i] = pages.add(PageLayout.OVERFLOW);
        }
        for (int i = 0; i < chain.length - 1; i++) {
            int from = i * room;
            int to = Math.min(value.length(), from + room);
            byte[] bytes = pages.read(chain[i]);
            PageLayout.putInt(bytes, NEXT, chain[i + 1]);
            PageLayout.putInt(bytes, LENGTH, to - from);
            value.subSlice(from, to).copyTo(bytes, HEAD_BYTES);
            pages.finish(chain[i]);
        }
        return chain[0];
    }
}
