package storagelab.kin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;

/**
 * Documents by their ids, and by the values of their fields: secondary indexes over chosen paths.
 *
 * <p>Format, for texts as {@link KeyBytes} and values as {@link Document} writes them:
 *
 * <table>
 * <caption>The entries</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code d}, id</td><td>the document</td></tr>
 * <tr><td>{@code x}, path</td><td>nothing: there is an index over this path</td></tr>
 * <tr><td>{@code i}, path, value, id</td><td>the id in UTF-8; one entry for each value that a document has at the path</td></tr>
 * </table>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>For each index and each document there are exactly the entries of its values. Every change is one transaction: of the
 *       document and of all entries. After a crash a document is found by all of its values or is not there.
 *   <li>Transactions are {@link Isolation#SERIALIZABLE}. A put reads which indexes there are, and {@link #createIndex} reads
 *       which documents there are. Neither writes what the other writes. Were they only isolated as snapshots, both could
 *       commit, and the new index would not have the new document.
 * </ol>
 *
 * <p>Errors: every method that writes tries again at a conflict, up to {@value #ATTEMPTS_MAX} times, and then throws {@link
 * TransactionConflictException}.
 *
 * <p>Concurrency: safe for many threads, and for several objects over one store.
 */
public final class DocumentStore {
    private static final char DOCUMENT = 'd';
    private static final char INDEX = 'x';
    private static final char ENTRY = 'i';
    private static final int ATTEMPTS_MAX = 100;

    private final TransactionalStore store;

    /** Documents in {@code store}. */
    public DocumentStore(TransactionalStore store) {
        this.store = store;
    }

    /**
     * Stores a document, in place of one with this id. Cost: it, and an entry for each value in an index, of the old one and
     * the new.
     */
    public void put(String id, Document document, Durability durability) {
        boolean unused = change(durability, transaction -> {
            boolean wasThere = removeFrom(transaction, id);
            transaction.put(documentKey(id), document.encode());
            for (String path : indexes(transaction)) {
                putEntries(transaction, path, id, document);
            }
            return wasThere;
        });
    }

    /** Removes a document; returns whether there was one. */
    public boolean delete(String id, Durability durability) {
        return change(durability, transaction -> removeFrom(transaction, id));
    }

    /** Deletes a document and its entries. */
    private static boolean removeFrom(Transaction transaction, String id) {
        Optional<Slice> old = transaction.get(documentKey(id));
        if (old.isPresent()) {
            Document document = Document.decode(old.get());
            transaction.delete(documentKey(id));
            for (String path : indexes(transaction)) {
                for (Object value : document.at(path)) {
                    transaction.delete(entryKey(path, value, id));
                }
            }
        }
        return old.isPresent();
    }

    private static void putEntries(Transaction transaction, String path, String id, Document document) {
        for (Object value : document.at(path)) {
            transaction.put(entryKey(path, value, id), KeyBytes.utf8(id));
        }
    }

    /** The document with this id. Cost: one get. */
    public Optional<Document> get(String id) {
        return store.get(documentKey(id)).map(Document::decode);
    }

    /**
     * Makes an index over a path, if there is none. Cost: one transaction that reads every document, so that all entries have
     * to fit into memory; writers of documents may have to try again meanwhile.
     *
     * @return whether there was none
     */
    public boolean createIndex(String path, Durability durability) {
        return change(durability, transaction -> {
            if (transaction.get(indexKey(path)).isPresent()) {
                return false;
            }
            transaction.put(indexKey(path), Slice.EMPTY);
            try (Cursor cursor = transaction.cursor(all(DOCUMENT))) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    putEntries(transaction, path, idOf(cursor.key()), Document.decode(cursor.value()));
                }
            }
            return true;
        });
    }

    /** Removes an index and its entries; returns whether there was one. */
    public boolean dropIndex(String path, Durability durability) {
        return change(durability, transaction -> {
            boolean isThere = transaction.get(indexKey(path)).isPresent();
            transaction.delete(indexKey(path));
            long unused = transaction.deleteRange(
                    KeyRange.prefix(KeyBytes.of(ENTRY).text(path).toSlice()));
            return isThere;
        });
    }

    /** The documents that have {@code value} at a path with an index, by their ids. Cost: an entry and a document for each. */
    public Map<String, Document> find(String path, Object value) {
        return read(path, KeyRange.prefix(entryPrefix(path, value)));
    }

    /**
     * The documents that have a value in {@code [from, to)} at a path with an index, by their ids. The two are of one kind, and
     * values of other kinds are not found. Cost: an entry and a document for each.
     *
     * @throws IllegalArgumentException if there is no index over the path, {@code from} is greater than {@code to}, or the
     *     kinds differ
     */
    public Map<String, Document> find(String path, Object from, Object to) {
        if (from.getClass() != to.getClass()) {
            throw new IllegalArgumentException("from " + from.getClass() + " to " + to.getClass());
        }
        return read(path, KeyRange.of(entryPrefix(path, from), entryPrefix(path, to)));
    }

    private Map<String, Document> read(String path, KeyRange range) {
        Map<String, Document> found = new TreeMap<>();
        try (Snapshot now = store.snapshot()) {
            if (now.get(indexKey(path)).isEmpty()) {
                throw new IllegalArgumentException("there is no index over " + path);
            }
            try (Cursor cursor = now.cursor(range)) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    String id = cursor.value().toUtf8();
                    if (!found.containsKey(id)) {
                        Slice document = now.get(documentKey(id))
                                .orElseThrow(
                                        () -> new AssertionError("an entry of " + path + " for no document: " + id));
                        found.put(id, Document.decode(document));
                    }
                }
            }
        }
        return found;
    }

    /** The documents for which {@code predicate} is true, by their ids. Cost: every document. */
    public Map<String, Document> scan(Predicate<Document> predicate) {
        Map<String, Document> found = new TreeMap<>();
        try (Cursor cursor = store.cursor(all(DOCUMENT))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Document document = Document.decode(cursor.value());
                if (predicate.test(document)) {
                    found.put(idOf(cursor.key()), document);
                }
            }
        }
        return found;
    }

    private boolean change(Durability durability, Function<Transaction, Boolean> work) {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = store.begin(Isolation.SERIALIZABLE)) {
                boolean result = work.apply(transaction);
                transaction.commit(durability);
                return result;
            } catch (TransactionConflictException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private static List<String> indexes(Transaction transaction) {
        List<String> paths = new ArrayList<>();
        try (Cursor cursor = transaction.cursor(all(INDEX))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                paths.add(idOf(cursor.key()));
            }
        }
        return paths;
    }

    private static KeyRange all(char kind) {
        return KeyRange.prefix(KeyBytes.of(kind).toSlice());
    }

    private static Slice documentKey(String id) {
        return KeyBytes.of(DOCUMENT).text(id).toSlice();
    }

    private static Slice indexKey(String path) {
        return KeyBytes.of(INDEX).text(path).toSlice();
    }

    private static Slice entryPrefix(String path, Object value) {
        return Document.putScalar(KeyBytes.of(ENTRY).text(path), value).toSlice();
    }

    private static Slice entryKey(String path, Object value, String id) {
        return Document.putScalar(KeyBytes.of(ENTRY).text(path), value).text(id).toSlice();
    }

    /** The text after the letter of a key. */
    private static String idOf(Slice key) {
        return KeyBytes.textAt(key, 1);
    }
}
