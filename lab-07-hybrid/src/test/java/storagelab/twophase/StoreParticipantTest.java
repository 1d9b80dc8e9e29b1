package storagelab.twophase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;

class StoreParticipantTest {
    private static final Slice STOCK = Slice.utf8("stock");
    private static final long FIRST = 1L << 32;

    private final CrashDisk disk = CrashDisk.create();

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "a prepared transaction is the entry of the example in notes/formats/coordinator-log.md, and not visible")
    void format(EngineKind engine) {
        try (CrashSafeStore store = open(disk, engine)) {
            new StoreParticipant("prices", store).prepare(FIRST, put("9"));
            assertThat("stock", store.get(STOCK), is(Optional.empty()));
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seekToFirst();
                assertThat("key", hex(cursor.key()), is("ffff0000000100000000"));
                assertThat("value", hex(cursor.value()), is("000000000000000001000000010573746f636b0139"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a YES survives a power cut with its lock, and commits then; a commit and one more after it are one")
    void prepared(EngineKind engine) {
        try (CrashSafeStore store = open(disk, engine)) {
            new StoreParticipant("prices", store).prepare(FIRST, put("9"));
            CrashDisk after = disk.afterCrash(SurvivalMode.NOTHING, 1);
            try (CrashSafeStore again = open(after, engine)) {
                StoreParticipant participant = new StoreParticipant("prices", again);
                assertThat("in doubt", participant.inDoubt(), contains(FIRST));
                Vote refused = participant.prepare(FIRST + 1, put("8"));
                assertThat("vote on a locked key", refused.kind(), is(Vote.Kind.NO));
                assertThat(
                        "its reason",
                        refused.reason(),
                        is(
                                "the key stock is locked by transaction 4294967296, which is prepared and has neither committed nor"
                                        + " aborted yet"));
                again.put(
                        Slice.utf8("price"),
                        Slice.utf8("3")); // after recovery, the first write begins a segment of the log
                long before = after.counters().syncs();
                participant.commit(FIRST);
                assertThat("syncs of a commit", after.counters().syncs() - before, is(1L));
                assertThat("alone, on the key that is free", participant.commitAlone(put("7")), is(Vote.yes()));
                participant.commit(FIRST);
                assertThat("stock", again.get(STOCK), is(Optional.of(Slice.utf8("7"))));
                assertThat("in doubt", participant.inDoubt(), is(empty()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("an abort frees the keys, forces nothing, and the id's entry is gone")
    void aborted(EngineKind engine) {
        try (CrashSafeStore store = open(disk, engine)) {
            StoreParticipant participant = new StoreParticipant("prices", store);
            participant.prepare(FIRST, put("9"));
            long before = disk.counters().syncs();
            participant.abort(FIRST);
            assertThat("syncs of an abort", disk.counters().syncs() - before, is(0L));
            assertThat("the key is free", participant.prepare(FIRST + 1, put("8")), is(Vote.yes()));
            participant.abort(FIRST + 1);
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seekToFirst();
                assertThat("an entry is left", cursor.isValid(), is(false));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a commit that comes twice at the same time is applied once: a later write of its key stays")
    void commitTwice(EngineKind engine) throws InterruptedException {
        try (CrashSafeStore store = open(disk, engine)) {
            StoreParticipant participant = new StoreParticipant("prices", store);
            List<Slice> wrong = new ArrayList<>();
            for (long id = 1; id <= 100; id++) {
                long current = id;
                participant.prepare(current, put("old"));
                try (Crew crew = new Crew()) {
                    crew.start(2, "teller", () -> {
                        participant.commit(current);
                        participant.commitAlone(put("new"));
                    });
                    crew.join();
                }
                store.get(STOCK)
                        .filter(value -> !value.equals(Slice.utf8("new")))
                        .ifPresent(wrong::add);
            }
            assertThat("values that came back", wrong, is(empty()));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("reserved keys and an id that is prepared are refused")
    void callersErrors(EngineKind engine) {
        try (CrashSafeStore store = open(disk, engine)) {
            StoreParticipant participant = new StoreParticipant("prices", store);
            WriteBatch reserved = new WriteBatch().delete(StoreParticipant.reservedFrom());
            assertThrows(IllegalArgumentException.class, () -> participant.prepare(1, reserved));
            assertThrows(IllegalArgumentException.class, () -> participant.commitAlone(reserved));
            participant.prepare(1, put("9"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> participant.prepare(1, new WriteBatch().delete(Slice.utf8("price"))));
        }
    }

    private static CrashSafeStore open(CrashDisk on, EngineKind engine) {
        return CrashSafeStore.open(on.root().resolve("store"), DurableOptions.defaults(engine));
    }

    private static WriteBatch put(String value) {
        return new WriteBatch().put(STOCK, Slice.utf8(value));
    }

    private static String hex(Slice bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes.toByteArray());
    }
}
