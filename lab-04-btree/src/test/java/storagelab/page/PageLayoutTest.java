package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.ByteMatchers.sameBytesAs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageLayoutTest {
    @Test
    @DisplayName("pages have 1, 2, 4, 8, 16, 32 or 64 KiB")
    void pageSizes() {
        assertThat(
                "sizes from 0 to 70,000 that a page may have",
                IntStream.range(0, 70_000)
                        .filter(PageLayout::isPageSize)
                        .boxed()
                        .toList(),
                is(List.of(1024, 2048, 4096, 8192, 16384, 32768, 65536)));
        assertThat("checkedPageSize(4096)", PageLayout.checkedPageSize(4096), is(4096));
        assertThrows(IllegalArgumentException.class, () -> PageLayout.checkedPageSize(4095), "checkedPageSize(4095)");
        assertThat("isPageSize of the least int", PageLayout.isPageSize(Integer.MIN_VALUE), is(false));
    }

    @Test
    @DisplayName("integers are little-endian at any offset, and those of two bytes are not negative")
    void integers() {
        byte[] bytes = new byte[17];
        PageLayout.putShort(bytes, 1, 0xfedc);
        PageLayout.putInt(bytes, 3, 0x87654321);
        PageLayout.putLong(bytes, 9, 0x8877_6655_4433_2211L);
        assertThat(
                "the bytes",
                bytes,
                sameBytesAs(PageFormatExamples.bytes("00 dc fe 21 43 65 87 00 00 11 22 33 44 55 66 77 88")));
        assertThat("getShort", PageLayout.getShort(bytes, 1), is(0xfedc));
        assertThat("getInt", PageLayout.getInt(bytes, 3), is(0x87654321));
        assertThat("getLong", PageLayout.getLong(bytes, 9), is(0x8877_6655_4433_2211L));
    }

    @Test
    @DisplayName("the head of a page is where the format says")
    void head() {
        byte[] page = PageLayout.newPage(1024, PageLayout.BRANCH, 0x1122);
        PageLayout.putInt(page, PageLayout.NUMBER_OFFSET, 77);
        PageLayout.putInt(page, PageLayout.CRC_OFFSET, 0xabcdef01);
        assertThat("kind", PageLayout.kind(page), is(2));
        assertThat("born", PageLayout.born(page), is(0x1122L));
        assertThat("number", PageLayout.number(page), is(77));
        assertThat("crc", PageLayout.crc(page), is(0xabcdef01));
        PageLayout.setKind(page, PageLayout.FREE_LIST);
        PageLayout.setBorn(page, 5);
        assertThat(
                "the head",
                Arrays.copyOf(page, PageLayout.HEAD_BYTES),
                sameBytesAs(PageFormatExamples.bytes("01 ef cd ab 4d 00 00 00 05 00 00 00 00 00 00 00 04 00")));
    }
}
