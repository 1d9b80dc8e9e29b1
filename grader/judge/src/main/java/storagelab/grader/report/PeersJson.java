package storagelab.grader.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.TreeMap;
import storagelab.grader.model.PeersResult;
import storagelab.grader.model.PeersResult.Cell;
import storagelab.grader.model.PeersResult.Engine;
import storagelab.grader.model.PeersResult.Row;
import storagelab.grader.model.PeersResult.Setup;
import storagelab.grader.model.PeersResult.Target;

/** Storage engines side by side, for programs. */
public final class PeersJson {
    private PeersJson() {}

    /** Everything that {@link PeersTable} shows. */
    public static JsonObject of(PeersResult result) {
        JsonObject json = new JsonObject();
        Setup setup = result.setup();
        json.addProperty("records", setup.records());
        json.addProperty("cacheBytes", setup.cacheBytes());
        json.addProperty("largeRecords", setup.largeRecords());
        json.addProperty("largeCacheBytes", setup.largeCacheBytes());
        json.addProperty("rounds", setup.rounds());
        json.addProperty("seed", setup.seed());
        JsonArray engines = new JsonArray();
        result.engines().forEach(engine -> engines.add(engine(engine)));
        json.add("engines", engines);
        JsonArray rows = new JsonArray();
        result.rows().forEach(row -> rows.add(row(row)));
        json.add("workloads", rows);
        JsonArray targets = new JsonArray();
        result.targets().forEach(target -> targets.add(target(target)));
        json.add("targets", targets);
        JsonArray leftOut = new JsonArray();
        result.leftOut().forEach(leftOut::add);
        json.add("leftOut", leftOut);
        return json;
    }

    private static JsonObject engine(Engine engine) {
        JsonObject json = new JsonObject();
        json.addProperty("name", engine.name());
        json.addProperty("words", engine.description());
        json.addProperty("problem", engine.problem());
        return json;
    }

    private static JsonObject row(Row row) {
        JsonObject json = new JsonObject();
        json.addProperty("id", row.workload());
        json.addProperty("words", row.description());
        JsonObject cells = new JsonObject();
        new TreeMap<>(row.cells()).forEach((engine, cell) -> cells.add(engine, cell(cell)));
        json.add("engines", cells);
        return json;
    }

    private static JsonObject cell(Cell cell) {
        JsonObject json = new JsonObject();
        json.add("perSecond", number(cell.median()));
        json.add("low", number(cell.low()));
        json.add("high", number(cell.high()));
        json.addProperty("disturbed", cell.disturbed());
        new TreeMap<>(cell.figures()).forEach((name, value) -> json.add(camelCase(name), number(value)));
        json.addProperty("problem", cell.problem());
        return json;
    }

    private static JsonObject target(Target target) {
        JsonObject json = new JsonObject();
        json.addProperty("words", target.description());
        json.add("value", number(target.value()));
        json.addProperty("bound", target.bound());
        json.addProperty("outcome", target.outcome().name());
        json.addProperty("missedBy", target.missedBy());
        return json;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    /** {@code FILE_TO_DATA} as {@code fileToData}. */
    private static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.split("_", -1)) {
            String lower = word.toLowerCase(java.util.Locale.ROOT);
            name.append(name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }
}
