package storagelab.archive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.SealedText;

/** Which objects an index names for a key, what is rewritten together, and its file. */
class ArchiveIndexTest {
    private static final ArchiveObject A_F = object(1, 5, "a", "f");
    private static final ArchiveObject K_P = object(2, 5, "k", "p");
    private static final ArchiveObject C_D = object(3, 8, "c", "d");
    private static final ArchiveObject M_X = object(4, 9, "m", "x");
    private static final ArchiveIndex INDEX = new ArchiveIndex(7, 9, 5, List.of(C_D, M_X), List.of(K_P, A_F));

    private static ArchiveObject object(long number, long sequence, String smallest, String largest) {
        return new ArchiveObject(
                number, (int) (0xfe000000L + number), 1_000, 900, sequence, Slice.utf8(smallest), Slice.utf8(largest));
    }

    @Test
    @Tag("7.8")
    @DisplayName("a key is looked for in the objects that may have it, the newest first")
    void covering() {
        assertThat(INDEX.covering(Slice.utf8("d")), is(List.of(C_D, A_F)));
        assertThat(INDEX.covering(Slice.utf8("n")), is(List.of(M_X, K_P)));
        assertThat(INDEX.covering(Slice.utf8("a")), is(List.of(A_F)));
        assertThat(INDEX.covering(Slice.utf8("h")), is(List.of()));
        assertThat(INDEX.covering(Slice.utf8("z")), is(List.of()));
    }

    @Test
    @Tag("7.8")
    @DisplayName("what overlaps is one group, and so are neighbours that are small together")
    void groups() {
        assertThat(INDEX.groups(1_500), is(List.of(List.of(A_F, C_D), List.of(K_P, M_X))));
        assertThat(INDEX.groups(4_000), is(List.of(List.of(A_F, C_D, K_P, M_X))));
        ArchiveIndex apart = new ArchiveIndex(1, 9, 5, List.of(), List.of(A_F, K_P));
        assertThat(apart.groups(1_999), is(List.of(List.of(A_F), List.of(K_P))));
    }

    @Test
    @Tag("7.8")
    @DisplayName("the next index has what was written in place of what was replaced")
    void next() {
        ArchiveObject merged = object(5, 9, "a", "f");
        ArchiveIndex next = INDEX.with(Set.of(A_F, C_D), List.of(), List.of(merged));
        assertThat(next, is(new ArchiveIndex(8, 9, 6, List.of(M_X), List.of(merged, K_P))));
        next.verify();
        ArchiveIndex later = INDEX.withRecent(List.of(object(9, 12, "b", "c")), 12);
        assertThat(later.recent().get(0).number(), is(9L));
        assertThat(later.sequence(), is(12L));
        assertThat(later.nextNumber(), is(10L));
    }

    @Test
    @DisplayName(
            "an index is not right with base objects that overlap, with two of one number, or with one of the future")
    void verify() {
        INDEX.verify();
        List<ArchiveIndex> wrong = List.of(
                new ArchiveIndex(1, 9, 5, List.of(), List.of(A_F, C_D)),
                new ArchiveIndex(1, 9, 5, List.of(A_F), List.of(A_F)),
                new ArchiveIndex(1, 8, 5, List.of(M_X), List.of()),
                new ArchiveIndex(1, 9, 4, List.of(M_X), List.of()),
                new ArchiveIndex(1, 9, 9, List.of(A_F, object(8, 5, "b", "c")), List.of()));
        for (int i = 0; i < wrong.size(); i++) {
            assertThrows(AssertionError.class, wrong.get(i)::verify, "index " + i);
        }
    }

    @Test
    @DisplayName("the example in notes/formats/archive-index.md is what an index is written as")
    void golden() {
        ArchiveObject order = new ArchiveObject(
                18, 0x5e, 8_400_123, 8_390_000, 340, Slice.utf8("order 1"), Slice.copyOf((byte) 0xff));
        ArchiveObject old = new ArchiveObject(17, 0x89abcdef, 500, 420, 12, Slice.EMPTY, Slice.utf8("order 0"));
        ArchiveIndex index = new ArchiveIndex(12, 345, 19, List.of(order), List.of(old));
        assertThat(SealedText.sealed(ArchiveIndexFile.encode("orders", index)), is("""
                        storagelab archive index 1
                        archive orders
                        generation 12
                        sequence 345
                        next 19
                        recent 18 0000005e 8400123 8390000 340 6f726465722031 ff
                        base 17 89abcdef 500 420 12  6f726465722030
                        checksum 33ae032c
                        """));
        assertThat(order.name(), is("0000000000000012-0000005e"));
        ArchiveIndexFile file = new ArchiveIndexFile(CrashDisk.create().root(), "orders");
        assertThat("no file", file.read(), is(Optional.empty()));
        file.replace(index);
        assertThat(file.read(), is(Optional.of(index)));
    }

    @Test
    @DisplayName("an index of another archive, a newer format, and damage are told apart")
    void refuses() throws IOException {
        Path root = CrashDisk.create().root();
        new ArchiveIndexFile(root, "orders").replace(INDEX);
        IllegalArgumentException other =
                assertThrows(IllegalArgumentException.class, () -> new ArchiveIndexFile(root, "bills").read());
        assertThat(other.getMessage(), containsString("\"orders\", not of \"bills\""));
        Path file = root.resolve(ArchiveIndexFile.NAME);
        String text = Files.readString(file);
        Files.writeString(file, text.replace("sequence 9", "sequence 8"));
        assertThat(refused(root).isUnknownFormat(), is(false));
        List<String> lines = text.lines().toList();
        List<String> newer = List.of("storagelab archive index 2", lines.get(1));
        Files.writeString(file, SealedText.sealed(newer));
        assertThat(refused(root).isUnknownFormat(), is(true));
        Files.writeString(
                file, SealedText.sealed(lines.subList(0, lines.size() - 1)).replace("base", "lost"));
        assertThat(refused(root).isUnknownFormat(), is(false));
    }

    private static CorruptionException refused(Path root) {
        return assertThrows(CorruptionException.class, () -> new ArchiveIndexFile(root, "orders").read());
    }
}
