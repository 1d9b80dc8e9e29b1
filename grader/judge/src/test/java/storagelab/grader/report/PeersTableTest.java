package storagelab.grader.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.model.PeersResult;
import storagelab.grader.model.PeersResult.Cell;
import storagelab.grader.model.PeersResult.Engine;
import storagelab.grader.model.PeersResult.Outcome;
import storagelab.grader.model.PeersResult.Row;
import storagelab.grader.model.PeersResult.Setup;
import storagelab.grader.model.PeersResult.Target;

@DisplayName("The report of a comparison of engines")
final class PeersTableTest {
    private static final Setup SETUP = new Setup(4, 1_000_000, 256L << 20, 5_000_000, 64L << 20, 3, 17);

    private static Cell cell(double median, double low, double high) {
        return new Cell(median, low, high, false, Map.of(), "");
    }

    private static PeersResult result() {
        Cell disturbed = new Cell(190_000, 150_000, 210_000, true, Map.of(), "");
        Cell failed =
                new Cell(Double.NaN, Double.NaN, Double.NaN, false, Map.of(), "Wrong answer: record 7 was not found.");
        Map<String, Double> seen = Map.of("FILE_TO_DATA", 1.6123, "WRITE_AMPLIFICATION", 1.5);
        return new PeersResult(
                SETUP,
                List.of(
                        new Engine("ours", "the B+tree of lab 4", ""),
                        new Engine("lmdb", "LMDB through lmdbjava", ""),
                        new Engine("tupl", "Tupl 1.3", "java.lang.UnsatisfiedLinkError: no jna")),
                List.of(
                        new Row(
                                "fillrandom",
                                "put in random order",
                                Map.of(
                                        "ours",
                                        new Cell(612_345, 600_000, 623_000, false, seen, ""),
                                        "lmdb",
                                        cell(145_000, 99_940, 1_050_000))),
                        new Row("readrandom", "get", Map.of("ours", cell(1.25e6, 1.2e6, 1.3e6), "lmdb", disturbed)),
                        new Row("scan100", "scan", Map.of("ours", cell(95.4, 90, 12_345), "lmdb", failed)),
                        new Row("durable-put", "put", Map.of("ours", cell(1, 1, 1)))),
                List.of(
                        new Target("readrandom: at least 1.25 times lmdb", 1.31, 1.25, Outcome.MET, 0),
                        new Target("fillseq: at least 1 times lmdb-writemap", 0.93, 1, Outcome.MISSED, 0.07),
                        new Target("ycsb-b: at least 1 times tupl", Double.NaN, 1, Outcome.OPEN, 0),
                        new Target("ycsb-c: at least 1 times tupl", 1.02, 1, Outcome.OPEN, 0)),
                List.of("fillrandom of lmdb in round 2 (71 %)"));
    }

    @Test
    @DisplayName("is, byte for byte, the golden table")
    void table() throws IOException {
        Golden.check("peers.txt", PeersTable.render(result()));
    }

    @Test
    @DisplayName("is for programs what it is for people")
    void json() {
        JsonObject json = PeersJson.of(result());

        assertThat(json.get("records").getAsInt(), is(1_000_000));
        JsonObject load = json.getAsJsonArray("workloads")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("engines")
                .getAsJsonObject("ours");
        assertThat(load.get("perSecond").getAsDouble(), is(612_345.0));
        assertThat(load.get("fileToData").getAsDouble(), is(1.6123));
        JsonObject missed = json.getAsJsonArray("targets").get(1).getAsJsonObject();
        assertThat(missed.get("outcome").getAsString(), is("MISSED"));
        assertThat(missed.get("missedBy").getAsDouble(), is(0.07));
        assertThat(
                json.getAsJsonArray("targets")
                        .get(2)
                        .getAsJsonObject()
                        .get("value")
                        .isJsonNull(),
                is(true));
    }
}
