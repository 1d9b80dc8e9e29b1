// exercise: 2.10
// type: storagelab.feed.PartitionedFeed
// verdict: caught
// because: posts of one millisecond come in the order of their partitions and not of their ids
public final class PartitionedFeed {
    private record Head(Slice key, Cursor cursor) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            return Long.compare(PostKeys.timestampMillis(other.key), PostKeys.timestampMillis(key));
        }
    }
}
