package storagelab.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.disk.Crashes.image;
import static storagelab.disk.Crashes.images;
import static storagelab.disk.Crashes.sync;
import static storagelab.disk.Crashes.truncate;
import static storagelab.disk.Crashes.write;
import static storagelab.disk.SurvivalMode.EVERYTHING;
import static storagelab.disk.SurvivalMode.NOTHING;
import static storagelab.disk.SurvivalMode.RANDOM;
import static storagelab.disk.SurvivalMode.SIZES_WITHOUT_DATA;
import static storagelab.disk.SurvivalMode.TORN_PREFIX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unsynced data can be lost in each of the legal ways, and only in those. The file's name is durable throughout. */
class WhatACrashLeavesOfAFileTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("f");

    @BeforeEach
    void createFile() throws IOException {
        Files.createFile(file);
        disk.syncAll();
    }

    @Test
    void aSyncedFileIsTheSameInEveryMode() throws IOException {
        write(file, 0, "synced");
        sync(file);
        for (SurvivalMode mode : SurvivalMode.values()) {
            assertEquals(Set.of("f=synced"), images(disk, mode), mode.name());
        }
    }

    @Test
    void anAppendWithinASectorIsThereOrNotOrZeros() throws IOException {
        write(file, 0, "old");
        sync(file);
        write(file, 3, "new");
        assertEquals(Set.of("f=old"), images(disk, NOTHING));
        assertEquals(Set.of("f=oldnew"), images(disk, EVERYTHING));
        assertEquals(Set.of("f=old000"), images(disk, SIZES_WITHOUT_DATA));
        assertEquals(Set.of("f=old"), images(disk, TORN_PREFIX));
        assertEquals(Set.of("f=old", "f=old000", "f=oldnew"), images(disk, RANDOM));
    }

    @Test
    void aWriteOfThreeSectorsIsTornBetweenThemAndNowhereElse() throws IOException {
        write(file, 0, "x".repeat(1200));
        assertEquals(Set.of("f=", "f=x*512;", "f=x*1024;"), images(disk, TORN_PREFIX));
    }

    @Test
    void aWriteThatBeginsInsideASectorIsTornAtTheSectorsOfTheFile() throws IOException {
        write(file, 0, "o".repeat(1100));
        sync(file);
        write(file, 500, "n".repeat(100));
        assertEquals(Set.of("f=o*1100;", "f=o*500;n*12;o*588;"), images(disk, TORN_PREFIX));
    }

    @Test
    void theSectorsOfAWriteSurviveIndependentlyOfEachOtherAndOfTheSize() throws IOException {
        write(file, 0, "a".repeat(512) + "b".repeat(512) + "c");
        assertEquals(
                Set.of(
                        "f=",
                        "f=0*1025;",
                        "f=0*1024;c",
                        "f=0*512;b*512;0",
                        "f=0*512;b*512;c",
                        "f=a*512;0*513;",
                        "f=a*512;0*512;c",
                        "f=a*512;b*512;0",
                        "f=a*512;b*512;c"),
                images(disk, RANDOM));
    }

    @Test
    void anOverwriteLeavesEachSectorOldOrNew() throws IOException {
        write(file, 0, "o".repeat(1024));
        sync(file);
        write(file, 0, "n".repeat(1024));
        assertEquals(Set.of("f=o*1024;"), images(disk, SIZES_WITHOUT_DATA));
        assertEquals(Set.of("f=o*1024;", "f=n*512;o*512;"), images(disk, TORN_PREFIX));
        assertEquals(Set.of("f=o*1024;", "f=n*512;o*512;", "f=o*512;n*512;", "f=n*1024;"), images(disk, RANDOM));
    }

    @Test
    void twoWritesToOneSectorNeverLeaveTheSecondWithoutTheFirst() throws IOException {
        write(file, 0, "....");
        sync(file);
        write(file, 0, "1");
        write(file, 2, "2");
        assertEquals(Set.of("f=....", "f=1...", "f=1.2."), images(disk, RANDOM));
        assertEquals(Set.of("f=....", "f=1..."), images(disk, TORN_PREFIX));
    }

    @Test
    void aTruncationSurvivesOrNotWhateverTheData() throws IOException {
        write(file, 0, "o".repeat(600));
        sync(file);
        truncate(file, 3);
        assertEquals(Set.of("f=o*600;"), images(disk, NOTHING));
        for (SurvivalMode mode : Set.of(EVERYTHING, SIZES_WITHOUT_DATA)) {
            assertEquals(Set.of("f=ooo"), images(disk, mode));
        }
        assertEquals(Set.of("f=o*600;", "f=ooo"), images(disk, RANDOM));
    }

    @Test
    void whatWasCutOffNeverComesBackWhenTheFileGrowsAgain() throws IOException {
        write(file, 0, "oooooo");
        sync(file);
        truncate(file, 2);
        write(file, 4, "nn");
        assertEquals(Set.of("f=oo0000"), images(disk, SIZES_WITHOUT_DATA));
        assertEquals(Set.of("f=oooooo", "f=oo", "f=oo0000", "f=oo00nn"), images(disk, RANDOM));
    }

    @Test
    void anOverwriteBeforeATruncationElsewhereMayBeLostWithoutIt() throws IOException {
        write(file, 0, "o".repeat(1024));
        sync(file);
        write(file, 0, "n");
        truncate(file, 512);
        assertEquals(Set.of("f=o*1024;", "f=no*1023;", "f=o*512;", "f=no*511;"), images(disk, RANDOM));
    }

    @Test
    void aHoleReadsAsZerosHoweverMuchOfTheFileSurvives() throws IOException {
        write(file, 1024, "end");
        assertEquals(Set.of("f=", "f=0*1027;", "f=0*1024;end"), images(disk, RANDOM));
    }

    @Test
    void syncingOneFileSavesNoOther() throws IOException {
        Path other = Files.createFile(disk.root().resolve("g"));
        disk.syncAll();
        write(file, 0, "1");
        write(other, 0, "2");
        sync(other);
        assertEquals(Set.of("f= g=2"), images(disk, NOTHING));
        assertEquals(Set.of("f= g=2", "f=0 g=2", "f=1 g=2"), images(disk, RANDOM));
    }

    @Test
    void aPrefixIsAPrefixOverAllFiles() throws IOException {
        Path other = Files.createFile(disk.root().resolve("g"));
        disk.syncAll();
        write(file, 0, "1");
        write(other, 0, "2");
        write(file, 1, "3");
        assertEquals(Set.of("f= g=", "f=1 g=", "f=1 g=2"), images(disk, TORN_PREFIX));
    }

    @Test
    void afterAFailedSyncTheDataIsReadButNeverDurableThoughLaterSyncsSucceed() throws IOException {
        write(file, 0, "kept");
        sync(file);
        write(file, 4, "lost");
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(IOException.class, () -> sync(file));
        assertEquals("keptlost", Files.readString(file));
        assertEquals(Set.of("f=kept0000"), images(disk, EVERYTHING));
        sync(file);
        assertEquals("keptlost", Files.readString(file));
        for (SurvivalMode mode : SurvivalMode.values()) {
            assertEquals(Set.of("f=kept0000"), images(disk, mode), mode.name());
        }
    }

    @Test
    void whatIsWrittenAgainAfterAFailedSyncIsSavedByTheNext() throws IOException {
        write(file, 0, "lost");
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(IOException.class, () -> sync(file));
        write(file, 0, "kept");
        sync(file);
        assertEquals(Set.of("f=kept"), images(disk, NOTHING));
    }

    @Test
    void aFlippedBitIsFlippedInMemoryOnTheDiskAndInWhatIsStillToBeSynced() throws IOException {
        write(file, 0, "A");
        sync(file);
        write(file, 1, "A");
        disk.faults().flipBit(file, 0, 1);
        disk.faults().flipBit(file, 1, 1);
        assertEquals("CC", Files.readString(file));
        assertEquals(Set.of("f=C"), images(disk, NOTHING));
        assertEquals(Set.of("f=CC"), images(disk, EVERYTHING));
        sync(file);
        assertEquals(Set.of("f=CC"), images(disk, NOTHING));
    }

    @Test
    void aDiskAfterACrashIsADiskOfItsOwn() throws IOException {
        write(file, 0, "a".repeat(5000));
        sync(file);
        CrashDisk rebooted = disk.afterCrash(NOTHING, 0);
        write(rebooted.root().resolve("f"), 10, "b");
        write(file, 20, "c");
        assertEquals("f=a*10;ba*4989;", image(rebooted));
        assertEquals("f=a*20;ca*4979;", image(disk));
        assertEquals("f=a*5000;", image(rebooted.afterCrash(NOTHING, 0)));
        assertEquals("f=a*5000;", image(disk.afterCrash(NOTHING, 0)));
    }

    @Test
    void theSameSeedLeavesTheSameImage() throws IOException {
        for (int i = 0; i < 20; i++) {
            write(file, i * 300L, "x".repeat(700));
        }
        for (int seed = 0; seed < 50; seed++) {
            assertEquals(image(disk.afterCrash(RANDOM, seed)), image(disk.afterCrash(RANDOM, seed)));
        }
    }
}
