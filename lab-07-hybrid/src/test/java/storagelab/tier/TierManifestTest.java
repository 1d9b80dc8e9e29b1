package storagelab.tier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.CorruptionException;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;
import storagelab.recovery.EngineKind;
import storagelab.testkit.tier.MovingStore;
import storagelab.testkit.tier.TwoTiers;

class TierManifestTest {
    private static final TierManifest EXAMPLE = new TierManifest(
            120,
            Placement.all("lsm").with(KeyRange.of(Slice.utf8("b"), Slice.utf8("d")), "btree"),
            Optional.of(new Move(KeyRange.of(Slice.utf8("b"), Slice.utf8("f")), "btree")));

    private final Path directory = CrashDisk.create().root();

    @Test
    @DisplayName("the bytes are those of the page on the format")
    void bytes() throws IOException {
        EXAMPLE.replace(directory, new StatsRecorder());
        assertThat(Files.readString(directory.resolve("TIERS"), UTF_8), is("""
                storagelab tiers 1
                sequence 120
                range - lsm
                range 62 btree
                range 64 lsm
                move 62 66 btree
                checksum e32e13fa
                """));
        assertThat(TierManifest.read(directory), is(Optional.of(EXAMPLE)));
    }

    @Test
    @DisplayName("ranges without ends and a manifest without a move are read as they were written")
    void others() {
        assertThat(TierManifest.read(directory), is(Optional.empty()));
        TierManifest all =
                EXAMPLE.withMove(Optional.of(new Move(KeyRange.all(), "lsm"))).withSequence(121);
        all.replace(directory, new StatsRecorder());
        assertThat(TierManifest.read(directory), is(Optional.of(all)));
        TierManifest none = all.withMove(Optional.empty()).withPlacement(Placement.all("archive"));
        none.replace(directory, new StatsRecorder());
        assertThat(TierManifest.read(directory), is(Optional.of(none)));
    }

    @Test
    @DisplayName("a damaged byte is noticed")
    void damage() throws IOException {
        EXAMPLE.replace(directory, new StatsRecorder());
        byte[] bytes = Files.readAllBytes(directory.resolve("TIERS"));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 4;
            Files.write(directory.resolve("TIERS"), damaged);
            assertThrows(CorruptionException.class, () -> TierManifest.read(directory), "byte " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storagelab tiers 2|sequence 1|range - lsm",
                "storagelab tiers 1|sequence 1",
                "storagelab tiers 1|sequence -1|range - lsm",
                "storagelab tiers 1|sequence 1|range 61 lsm",
                "storagelab tiers 1|sequence 1|range - lsm|range 62 btree|range 61 lsm",
                "storagelab tiers 1|sequence 1|range - lsm|move 62 btree",
                "storagelab tiers 1|sequence 1|range - lsm|move 62 61 btree",
                "storagelab tiers 1|sequence 1|range - lsm|colour blue"
            })
    @DisplayName("lines that this program does not know are refused, with what they say")
    void unknown(String lines) {
        SealedText.replace(
                directory.resolve("TIERS"),
                directory.resolve("TIERS.tmp"),
                List.of(lines.split("\\|")),
                new StatsRecorder());
        CorruptionException refused = assertThrows(CorruptionException.class, () -> TierManifest.read(directory));
        assertThat(refused.getMessage(), containsString("does not know"));
    }

    @Test
    @DisplayName("an engine that is opened without a tier that has keys says which one to name, and changes nothing")
    void tierNotNamed() {
        CrashDisk disk = CrashDisk.create();
        try (TwoTiers tiers = TwoTiers.on(disk)) {
            tiers.put("a=1");
            tiers.migrator(100).move(KeyRange.all(), "btree");
        }
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> TieredEngine.open(disk.root(), List.of(EngineKind.LSM), MovingStore.options()));
        assertThat(refused.getMessage(), containsString("has keys on the tiers [btree]"));
        try (TwoTiers tiers = TwoTiers.on(disk)) {
            assertThat(tiers.content().toString(), is("{a=1}"));
        }
    }
}
