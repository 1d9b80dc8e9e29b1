package storagelab.grader.kv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.StorageIoException;
import storagelab.btree.BTreeStore;
import storagelab.page.MetaPage;

/** What the file of a B+tree says of it, read without opening the tree. */
final class TreeMeta {
    /** Where the two records of a meta page are; the page format says so. */
    private static final int[] RECORD_OFFSETS = {0, 512};

    private TreeMeta() {}

    /** The newest record of the tree in {@code home}; nothing if there is no tree, or all records are damaged. */
    static Optional<MetaPage> newest(Path home) {
        Path file = home.resolve(BTreeStore.FILE_NAME);
        try (FileChannel channel = FileChannel.open(file)) {
            List<MetaPage> records = new ArrayList<>(records(channel, 0));
            if (!records.isEmpty()) {
                records.addAll(records(channel, records.get(0).pageSizeBytes()));
            }
            return records.stream().max(Comparator.comparingLong(MetaPage::checkpoint));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
    }

    private static List<MetaPage> records(FileChannel channel, long page) throws IOException {
        List<MetaPage> records = new ArrayList<>();
        for (int offset : RECORD_OFFSETS) {
            ByteBuffer bytes = ByteBuffer.allocate(MetaPage.RECORD_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes, page + offset + bytes.position()) > 0) {
                continue;
            }
            MetaPage.decode(bytes.array(), 0).ifPresent(records::add);
        }
        return records;
    }

    /** A line for a person. */
    static List<String> lines(Path home) {
        return newest(home).stream()
                .map(meta -> "tree at checkpoint %,d: %s, %s of %,d bytes, %s"
                        .formatted(
                                meta.checkpoint(),
                                Counted.of(meta.entries(), "entry"),
                                Counted.of(meta.pageCount(), "page"),
                                meta.pageSizeBytes(),
                                Counted.of(meta.depth(), "level")))
                .toList();
    }

    /** The same for a program. */
    static Map<String, Object> numbers(Path home) {
        Map<String, Object> all = new LinkedHashMap<>();
        newest(home).ifPresent(meta -> {
            all.put("entries", meta.entries());
            all.put("pages", meta.pageCount());
            all.put("pageBytes", meta.pageSizeBytes());
            all.put("depth", meta.depth());
            all.put("checkpoint", meta.checkpoint());
        });
        return all;
    }
}
