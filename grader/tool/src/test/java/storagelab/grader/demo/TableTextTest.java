package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import storagelab.experiment.ResultTable;

/** Tables as text. */
class TableTextTest {
    private static final ResultTable TABLE = ResultTable.builder()
            .column("how")
            .column("keys")
            .column("time", "ms")
            .row("linear", 1_000_000, 1234.567)
            .row("binary", 100, 0.000123456)
            .build();

    @Test
    void numbersAreRightAlignedAndGrouped() {
        assertThat(TableText.aligned(TABLE), is("""
                how          keys  time (ms)
                ──────  ─────────  ─────────
                linear  1,000,000      1,230
                binary        100   0.000123
                """));
    }

    @Test
    void aProgramReadsPlainNumbers() {
        assertThat(TableText.csv(TABLE), is("how,keys,time (ms)\nlinear,1000000,1230\nbinary,100,0.000123\n"));
    }

    @Test
    void ticksAreShort() {
        assertThat(PlotImage.tick(0.001), is("0.001"));
        assertThat(PlotImage.tick(1000), is("1,000"));
        assertThat(PlotImage.tick(16_000_000), is("16 M"));
    }
}
