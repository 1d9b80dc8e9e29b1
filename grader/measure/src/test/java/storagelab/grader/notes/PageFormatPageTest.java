package storagelab.grader.notes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;

/** The page on page files prints the bytes that the code writes. */
class PageFormatPageTest {
    private static final Path PAGE = Path.of("..", "..", "notes", "formats", "page-file.md");
    private static final int SIZE = 1024;

    @Test
    @DisplayName("the record of the checkpoint and the page of the free list are those of the file that is described")
    void printsTheExample() throws IOException {
        Path path = CrashDisk.create().root().resolve("tree.pages");
        try (PageFile file = PageFile.create(path, SIZE, new StatsRecorder())) {
            FreeList list = new FreeList(9);
            list.release(4);
            list.release(6);
            list.release(8);
            int first = list.store(file, 17);
            file.sync();
            file.publish(new MetaPage(SIZE, 1, 17, 5, 9, first, 2, 1, 300));
        }
        byte[] bytes = Files.readAllBytes(path);
        String page = Files.readString(PAGE);
        String record = lines(bytes, SIZE, 8, 4, 4, 8, 8, 4, 4, 4, 4, 8, 4, 8, 4);
        assertThat(page, containsString("```\n" + record + "```\n"));
        assertThat(
                "the second record",
                lines(bytes, SIZE + 512, 8, 4, 4, 8, 8, 4, 4, 4, 4, 8, 4, 8, 4).equals(record));
        assertThat(page, containsString("```\n" + lines(bytes, 4 * SIZE, 4, 4, 8, 2, 2, 4, 4, 4, 4) + "```\n"));
    }

    /** Bytes in hexadecimal, in lines of so many. */
    private static String lines(byte[] bytes, int offset, int... lengths) {
        StringBuilder text = new StringBuilder();
        int from = offset;
        for (int length : lengths) {
            text.append(HexFormat.ofDelimiter(" ").formatHex(bytes, from, from + length))
                    .append('\n');
            from += length;
        }
        return text.toString();
    }
}
