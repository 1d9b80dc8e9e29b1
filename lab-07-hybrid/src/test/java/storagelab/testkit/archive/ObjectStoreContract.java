package storagelab.testkit.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.archive.ObjectInfo;
import storagelab.archive.ObjectPage;
import storagelab.archive.ObjectStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** What every {@link ObjectStore} promises. */
public interface ObjectStoreContract {
    /** Opens a store without objects. */
    ObjectStore newStore();

    @Test
    @DisplayName("an object is what was put last, as a whole and in parts; an absent one is empty, and no error")
    default void putAndGet() {
        try (ObjectStore store = newStore()) {
            assertEquals(Optional.empty(), store.get("a"), "an object that is not there");
            assertEquals(Optional.empty(), store.get("a", 0, 1), "a part of an object that is not there");
            assertEquals(OptionalLong.empty(), store.sizeBytes("a"), "the size of an object that is not there");
            store.put("a", Slice.utf8("first"));
            store.put("a", Slice.utf8("another one"));
            assertEquals(Optional.of(Slice.utf8("another one")), store.get("a"), "the object");
            assertEquals(OptionalLong.of(11), store.sizeBytes("a"), "its size");
            assertEquals(Optional.of(Slice.utf8("other")), store.get("a", 2, 5), "five bytes from 2 on");
            assertEquals(Optional.of(Slice.utf8("one")), store.get("a", 8, 100), "the end of it");
            assertEquals(Optional.of(Slice.EMPTY), store.get("a", 11, 5), "what comes after it");
            assertEquals(Optional.of(Slice.EMPTY), store.get("a", 500, 5), "what comes long after it");
            assertEquals(Optional.of(Slice.EMPTY), store.get("a", 3, 0), "no bytes of it");
            store.put("empty", Slice.EMPTY);
            assertEquals(Optional.of(Slice.EMPTY), store.get("empty"), "an object of no bytes");
            assertEquals(Optional.of(Slice.EMPTY), store.get("empty", 0, 4), "a part of an object of no bytes");
        }
    }

    @Test
    @DisplayName("a deleted object is not there; deleting it again changes nothing")
    default void deletes() {
        try (ObjectStore store = newStore()) {
            store.put("a", Slice.utf8("1"));
            store.put("b", Slice.utf8("2"));
            store.delete("a");
            store.delete("a");
            assertEquals(Optional.empty(), store.get("a"), "the deleted object");
            assertEquals(List.of(new ObjectInfo("b", 1)), store.listAll(""), "what is left");
        }
    }

    @Test
    @DisplayName(
            "a list has the names with a prefix in their order, after a name, in pages that say whether there is more")
    default void lists() {
        try (ObjectStore store = newStore()) {
            for (String name : List.of("a/2", "b", "a/1", "A", "a", "a/10", "a0")) {
                store.put(name, Slice.utf8(name));
            }
            List<ObjectInfo> all = List.of(
                    new ObjectInfo("A", 1),
                    new ObjectInfo("a", 1),
                    new ObjectInfo("a/1", 3),
                    new ObjectInfo("a/10", 4),
                    new ObjectInfo("a/2", 3),
                    new ObjectInfo("a0", 2),
                    new ObjectInfo("b", 1));
            assertEquals(all, store.listAll(""), "all objects");
            ObjectPage first = store.list("a/", "", 2);
            assertEquals(all.subList(2, 4), first.objects(), "the first two that begin with a/");
            assertTrue(first.hasMore(), "there is one more");
            ObjectPage second = store.list("a/", "a/10", 2);
            assertEquals(all.subList(4, 5), second.objects(), "those after a/10");
            assertFalse(second.hasMore(), "there is none after a/2");
            assertFalse(store.list("a/", "", 3).hasMore(), "three were asked for, and there are three");
            assertEquals(all.subList(2, 5), store.list("a/", "A", 9).objects(), "after a name before all of them");
            assertEquals(List.of(), store.list("a/", "b", 9).objects(), "after a name behind all of them");
            assertEquals(List.of(), store.list("c", "", 9).objects(), "a prefix that no name has");
        }
    }

    @Test
    @DisplayName("names that look like paths, or differ in case alone, are names as any others; others are refused")
    default void names() {
        try (ObjectStore store = newStore()) {
            List<String> names = List.of("../x", "a/../b", "x y", "%41", "A%", "con", "CON", "x.tmp", "a".repeat(80));
            for (String name : names) {
                store.put(name, Slice.utf8(name));
            }
            for (String name : names) {
                assertEquals(Optional.of(Slice.utf8(name)), store.get(name), "the object " + name);
            }
            assertEquals(
                    names.stream().sorted().toList(),
                    store.listAll("").stream().map(ObjectInfo::name).toList(),
                    "all names");
            for (String name : List.of("", "a".repeat(81), "ä", "a\n", "a\u0000")) {
                assertThrows(IllegalArgumentException.class, () -> store.put(name, Slice.EMPTY), "put of " + name);
                assertThrows(IllegalArgumentException.class, () -> store.get(name), "get of " + name);
                assertThrows(IllegalArgumentException.class, () -> store.get(name, 0, 1), "part of " + name);
                assertThrows(IllegalArgumentException.class, () -> store.delete(name), "delete of " + name);
                assertThrows(IllegalArgumentException.class, () -> store.sizeBytes(name), "size of " + name);
            }
            assertThrows(IllegalArgumentException.class, () -> store.get("a", -1, 1), "a part from -1 on");
            assertThrows(IllegalArgumentException.class, () -> store.get("a", 0, -1), "a part of -1 bytes");
            assertThrows(IllegalArgumentException.class, () -> store.list("", "", 0), "a page of nothing");
            assertThrows(IllegalArgumentException.class, () -> store.list("", "", 1_001), "a page of 1,001");
        }
    }

    @Test
    @DisplayName("random requests agree with a sorted map")
    default void model() {
        Seeds.check(3, random -> {
            TreeMap<String, Slice> model = new TreeMap<>();
            try (ObjectStore store = newStore()) {
                for (int i = 0; i < 60; i++) {
                    String name = "n" + random.nextInt(4) + "/" + random.nextInt(4);
                    if (random.nextInt(3) > 0) {
                        Slice content = Slice.utf8("x".repeat(random.nextInt(50)));
                        store.put(name, content);
                        model.put(name, content);
                    } else {
                        store.delete(name);
                        model.remove(name);
                    }
                    String asked = "n" + random.nextInt(4) + "/" + random.nextInt(4);
                    assertEquals(Optional.ofNullable(model.get(asked)), store.get(asked), "get of " + asked);
                    String prefix = "n" + random.nextInt(5);
                    assertEquals(
                            model.tailMap(asked, false).keySet().stream()
                                    .filter(one -> one.startsWith(prefix))
                                    .limit(2)
                                    .toList(),
                            store.list(prefix, asked, 2).objects().stream()
                                    .map(ObjectInfo::name)
                                    .toList(),
                            "list of " + prefix + " after " + asked);
                }
            }
        });
    }

    @Test
    @DisplayName("a reader has one of the objects that were put under a name, and no mixture, while they are replaced")
    default void readersBesideAWriter() throws InterruptedException {
        try (ObjectStore store = newStore();
                Crew crew = new Crew()) {
            store.put("a", Slice.utf8("0".repeat(2_000)));
            crew.start("writer", () -> {
                for (int i = 1; i < 40; i++) {
                    store.put("a", Slice.utf8(String.valueOf(i % 10).repeat(2_000 + i)));
                }
            });
            crew.start(2, "reader", () -> {
                for (int i = 0; i < 40; i++) {
                    String content = store.get("a").orElseThrow().toUtf8();
                    assertEquals(1, content.chars().distinct().count(), "different bytes in one object");
                }
            });
            crew.join();
        }
    }
}
