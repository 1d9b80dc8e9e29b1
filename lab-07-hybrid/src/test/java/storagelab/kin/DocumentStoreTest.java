package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.codec.MalformedBytesException;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

class DocumentStoreTest {
    private static final List<String> PATHS = List.of("n", "tags", "home.city");

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    @Test
    @DisplayName("the example of the page: a document, its entries, and what finds it")
    void example() {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            DocumentStore documents = new DocumentStore(store);
            Document ada = new Document(Map.of(
                    "born", 1815L, "tags", List.of("math", "poet"), "home", Map.of("city", "London", "rooms", 7.5)));
            documents.put("ada", ada, Durability.BUFFERED);
            assertThat(documents.createIndex("born", Durability.BUFFERED), is(true));
            assertThat(documents.createIndex("tags", Durability.BUFFERED), is(true));
            assertThat(documents.createIndex("tags", Durability.BUFFERED), is(false));
            assertThat(
                    keys(store, "i"),
                    is(List.of(
                            "0x69626f726e0000" + "038000000000000717" + "6164610000",
                            "0x69746167730000" + "056d6174680000" + "6164610000",
                            "0x69746167730000" + "05706f65740000" + "6164610000")));
            assertThat(documents.get("ada"), is(Optional.of(ada)));
            assertThat(documents.find("tags", "poet"), is(Map.of("ada", ada)));
            assertThat(documents.find("born", 1800L, 1900L), is(Map.of("ada", ada)));
            assertThat(documents.find("born", 1816L, 1900L), is(anEmptyMap()));
            assertThat(documents.find("born", 1815.0), is(anEmptyMap()));
            assertThat(
                    assertThrows(IllegalArgumentException.class, () -> documents.find("home.city", "London"))
                            .getMessage(),
                    containsString("no index over home.city"));
            assertThrows(IllegalArgumentException.class, () -> documents.find("born", 1L, "z"));
            assertThat(documents.delete("ada", Durability.BUFFERED), is(true));
            assertThat(documents.delete("ada", Durability.BUFFERED), is(false));
            assertThat(keys(store, "i"), is(empty()));
        }
    }

    private static List<String> keys(CrashSafeStore store, String kind) {
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = store.cursor(KeyRange.prefix(Slice.utf8(kind)))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                keys.add(cursor.key().toString());
            }
        }
        return keys;
    }

    @Test
    @DisplayName(
            "the bytes of a document are the document, the order of values is that of their bytes, and a part of the bytes is none")
    void documents() {
        Document document = new Document(Map.of(
                "a\0b",
                List.of(List.of(), Map.of(), "é\0", true),
                "",
                -0.0,
                "n",
                Long.MIN_VALUE,
                "m",
                Map.of("x", false)));
        Slice bytes = document.encode();
        assertThat(Document.decode(bytes), is(document));
        for (int length = 0; length < bytes.length(); length++) {
            Slice cut = bytes.subSlice(0, length);
            assertThrows(MalformedBytesException.class, () -> Document.decode(cut), "the first " + length + " bytes");
        }
        List<Object> ordered = List.of(
                false,
                true,
                Long.MIN_VALUE,
                -1L,
                0L,
                7L,
                Double.NEGATIVE_INFINITY,
                -1.5,
                -0.0,
                0.0,
                1e9,
                "",
                "\0",
                "\0a",
                "a",
                "a\0",
                "ab",
                "b");
        for (int i = 1; i < ordered.size(); i++) {
            assertThat(
                    ordered.get(i - 1) + " before " + ordered.get(i),
                    key(ordered.get(i - 1)),
                    is(lessThan(key(ordered.get(i)))));
        }
        assertThat(document.at("m.x"), is(List.of(false)));
        assertThat(document.at("m"), is(empty()));
        assertThat(document.at("n.x"), is(empty()));
        assertThrows(IllegalArgumentException.class, () -> new Document(Map.of("a", 1)));
        assertThrows(IllegalArgumentException.class, () -> new Document(Map.of("a", "\ud800")));
    }

    private static Slice key(Object value) {
        return Document.putScalar(KeyBytes.of('i'), value).text("id").toSlice();
    }

    @Test
    @DisplayName("whatever is put, replaced, deleted and indexed, an index finds what a scan finds")
    void model() {
        Seeds.check(2, random -> {
            try (CrashSafeStore store = KinStores.lsm(newDirectory())) {
                DocumentStore documents = new DocumentStore(store);
                Map<String, Document> model = new TreeMap<>();
                Set<String> indexed = new TreeSet<>();
                for (int i = 0; i < 120; i++) {
                    String id = "d" + random.nextInt(10);
                    String path = PATHS.get(random.nextInt(PATHS.size()));
                    switch (random.nextInt(8)) {
                        case 0 -> assertThat(documents.delete(id, Durability.BUFFERED), is(model.remove(id) != null));
                        case 1 -> assertThat(documents.createIndex(path, Durability.BUFFERED), is(indexed.add(path)));
                        case 2 -> assertThat(documents.dropIndex(path, Durability.BUFFERED), is(indexed.remove(path)));
                        default -> {
                            Document document = randomDocument(random);
                            documents.put(id, document, Durability.BUFFERED);
                            model.put(id, document);
                        }
                    }
                    assertThat(documents.scan(document -> true), is(model));
                    indexed.forEach(one -> check(documents, model, one));
                }
            }
        });
    }

    private static Document randomDocument(Random random) {
        Map<String, Object> fields = new HashMap<>();
        if (random.nextBoolean()) {
            fields.put("n", (long) random.nextInt(4));
        }
        if (random.nextBoolean()) {
            fields.put(
                    "tags",
                    IntStream.range(0, random.nextInt(4))
                            .mapToObj(i -> "t" + random.nextInt(4))
                            .toList());
        }
        if (random.nextBoolean()) {
            fields.put("home", Map.of("city", random.nextBoolean() ? "t1" : (Object) 2L));
        }
        return new Document(fields);
    }

    private static void check(DocumentStore documents, Map<String, Document> model, String path) {
        for (Object value : List.of(0L, 2L, "t1", "t3", 1.0)) {
            assertThat(path + " = " + value, documents.find(path, value), is(with(model, path, value)));
        }
        Map<String, Document> inRange = with(model, path, "t1");
        inRange.putAll(with(model, path, "t2"));
        assertThat(path + " in [t1, t3)", documents.find(path, "t1", "t3"), is(inRange));
    }

    private static Map<String, Document> with(Map<String, Document> model, String path, Object value) {
        return model.entrySet().stream()
                .filter(one -> one.getValue().at(path).contains(value))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    @Test
    @DisplayName("documents that are put while an index is made are in it")
    void indexBesideWriters() throws Exception {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            DocumentStore documents = new DocumentStore(store);
            int each = 40; // fewer conflicts than attempts
            try (Crew crew = new Crew()) {
                for (int writer = 0; writer < 2; writer++) {
                    String prefix = "w" + writer + "-";
                    crew.start(prefix, () -> {
                        for (int i = 0; i < each; i++) {
                            documents.put(prefix + i, new Document(Map.of("n", (long) (i % 3))), Durability.BUFFERED);
                        }
                    });
                }
                crew.start("index", () -> {
                    boolean unused = documents.createIndex("n", Durability.BUFFERED);
                });
                crew.join();
            }
            for (long n = 0; n < 3; n++) {
                long wanted = n;
                assertThat(
                        documents.find("n", n).keySet(),
                        is(documents
                                .scan(document -> document.at("n").contains(wanted))
                                .keySet()));
            }
            assertThat(documents.scan(document -> true).size(), is(2 * each));
        }
    }
}
