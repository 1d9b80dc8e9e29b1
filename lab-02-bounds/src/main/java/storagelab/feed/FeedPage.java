package storagelab.feed;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a feed as it is sent to a client.
 *
 * @param posts newest first
 * @param nextToken what the client sends back to get the next page; nothing if this was the last
 */
public record FeedPage(List<Post> posts, Optional<String> nextToken) {
    /** Copies the list. */
    public FeedPage {
        posts = List.copyOf(posts);
    }
}
