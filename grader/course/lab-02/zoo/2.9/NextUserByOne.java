// exercise: 2.9
// type: storagelab.feed.FeedFilter
// verdict: accepted
// because: the first key after a user is counted instead of asked of KeyRange: after 7fff… comes 8000…, which is greater as unsigned bytes
import java.nio.ByteBuffer;

public record FeedFilter(long userId, long sinceMillis, long untilMillis) {
    public KeyRange keyRange() {
        byte[] end = sinceMillis > 0
                ? PostKeys.prefix(userId, sinceMillis - 1).toByteArray()
                : ByteBuffer.allocate(Long.BYTES).putLong(userId + 1).array();
        return new KeyRange(PostKeys.prefix(userId, untilMillis - 1), Slice.wrap(end));
    }
}
