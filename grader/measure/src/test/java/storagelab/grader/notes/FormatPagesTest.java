package storagelab.grader.notes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Slice;
import storagelab.feed.FeedFilter;
import storagelab.feed.PageToken;
import storagelab.feed.Post;
import storagelab.feed.TokenKeys;
import storagelab.sortedlog.FormatExamples;

/** The examples that the golden tests of the formats compare with are those that the pages print. */
class FormatPagesTest {
    private static final Path PAGES = Path.of("..", "..", "notes", "formats");

    @ParameterizedTest
    @CsvSource({"toy-log.md", "record-log.md", "sorted-table.md", "table-list.md"})
    @DisplayName("the page prints the bytes of the golden test")
    void pagePrintsTheExample(String page) throws IOException {
        assertThat(Files.readString(PAGES.resolve(page)), containsString("```\n" + example(page) + "```\n"));
    }

    private static String example(String page) {
        return switch (page) {
            case "toy-log.md" -> FormatExamples.TOY_LOG;
            case "record-log.md" -> FormatExamples.RECORD_LOG;
            case "sorted-table.md" -> FormatExamples.SORTED_TABLE;
            case "table-list.md" -> FormatExamples.TABLE_LIST;
            default -> throw new AssertionError("no example of " + page);
        };
    }

    @Test
    @DisplayName("the page of the page token prints the key and the token that the code makes")
    void pageTokenPrintsTheExample() throws IOException {
        String page = Files.readString(PAGES.resolve("page-token.md"));
        Post post = new Post(12_345, 1_700_000_000_000L, 7, "");
        assertThat(page, containsString("```\n" + lines(post.key().toByteArray(), 8, 8, 8) + "```\n"));
        byte[] secret = new byte[TokenKeys.SECRET_BYTES_MIN];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        String token = new PageToken(
                        FeedFilter.since(post.userId(), 1_699_999_000_000L), post.timestampMillis(), post.postId())
                .encode(TokenKeys.of(5, Slice.wrap(secret)));
        assertThat(page, containsString("```\n" + token + "\n```\n"));
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        assertThat(page, containsString("```\n" + lines(bytes, 1, 2, 8, 8, 8, 8, 8, 16, 16) + "```\n"));
    }

    /** Bytes in hexadecimal, in lines of so many. */
    private static String lines(byte[] bytes, int... lengths) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int length : lengths) {
            text.append(HexFormat.ofDelimiter(" ").formatHex(bytes, from, from + length))
                    .append('\n');
            from += length;
        }
        return text.toString();
    }
}
