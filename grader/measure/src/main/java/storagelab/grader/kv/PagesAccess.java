package storagelab.grader.kv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storagelab.api.CorruptionException;
import storagelab.api.OrderedStore;
import storagelab.api.StorageIoException;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.page.MetaPage;

/** Lab 4's B+tree without a log. */
final class PagesAccess extends OpenStore {
    private final BTreeStore store;

    private PagesAccess(Path home, BTreeStore store) {
        super(StoreKind.PAGES, home, false);
        this.store = store;
    }

    /** The defaults, with the size of pages that a tree in {@code home} has. */
    static BTreeOptions options(Path home) {
        BTreeOptions defaults = BTreeOptions.defaults();
        Path file = home.resolve(BTreeStore.FILE_NAME);
        try (InputStream in = Files.newInputStream(file)) {
            return MetaPage.decode(in.readNBytes(MetaPage.RECORD_BYTES), 0)
                    .map(meta -> defaults.withPageSizeBytes(meta.pageSizeBytes()))
                    .orElse(defaults); // opening the tree says what is wrong with the record
        } catch (NoSuchFileException e) {
            return defaults;
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
    }

    static PagesAccess openToRead(Path home) {
        return openToWrite(home);
    }

    static PagesAccess openToWrite(Path home) {
        return new PagesAccess(home, BTreeStore.open(home, options(home)));
    }

    static Verdict verify(Path home) {
        try (BTreeStore store = BTreeStore.open(home, options(home))) {
            return verdict(store);
        }
    }

    /** What reading every page of an open tree has found. */
    static Verdict verdict(BTreeStore store) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        try {
            TreeShape shape = store.verify();
            numbers.put("entries", shape.entries());
            numbers.put("pages", shape.pages().size());
            numbers.put("depth", shape.depth());
            numbers.put("findings", List.of());
            return new Verdict(
                    true,
                    List.of(),
                    "%,d entries in %,d pages on %d levels"
                            .formatted(shape.entries(), shape.pages().size(), shape.depth()),
                    numbers);
        } catch (CorruptionException | AssertionError e) {
            String finding = "Damaged: " + e.getMessage() + ".";
            numbers.put("findings", List.of(finding));
            return new Verdict(false, List.of(finding), "the pages up to there", numbers);
        }
    }

    @Override
    OrderedStore entries() {
        return store;
    }

    @Override
    void checkpoint() {
        store.checkpoint();
    }

    @Override
    List<String> lines() {
        return lines(store);
    }

    @Override
    Map<String, Object> numbers() {
        return numbers(store);
    }

    /** What the last checkpoint of a tree says. */
    static List<String> lines(BTreeStore store) {
        MetaPage meta = store.lastCheckpoint();
        return List.of("at the last checkpoint, number %,d: %,d entries, %,d pages of %,d bytes, %d levels"
                .formatted(meta.checkpoint(), meta.entries(), meta.pageCount(), meta.pageSizeBytes(), meta.depth()));
    }

    /** The same for a program. */
    static Map<String, Object> numbers(BTreeStore store) {
        MetaPage meta = store.lastCheckpoint();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pages", meta.pageCount());
        all.put("pageBytes", meta.pageSizeBytes());
        all.put("entries", meta.entries());
        all.put("depth", meta.depth());
        all.put("checkpoint", meta.checkpoint());
        return all;
    }
}
