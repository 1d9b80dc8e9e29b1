package storagelab.grader.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.RivalResult;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/**
 * {@code result.json}: the whole result for programs.
 *
 * <p>Verdicts are the constants of {@link storagelab.grader.model.Verdict} and {@link
 * storagelab.grader.model.BenchmarkVerdict}, kinds of tests those of {@link storagelab.grader.model.TestKind}. A number that was not measured is {@code null}, and so is the score of what
 * could not be graded.
 */
public final class JsonReport {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private JsonReport() {}

    /** The file's content. */
    public static String render(GradeResult result) {
        JsonObject root = new JsonObject();
        root.addProperty("tool", result.tool());
        root.addProperty("version", result.version());
        root.addProperty("seed", result.seed());
        root.addProperty("jdk", result.jdk());
        root.addProperty("os", result.os());
        root.addProperty("sandbox", result.sandbox());
        root.addProperty("confined", result.confined());
        root.addProperty("submission", result.submission());
        root.addProperty("startedAt", result.startedAt());
        root.addProperty("milliseconds", result.durationMillis());
        root.addProperty("command", result.command());
        root.addProperty("graded", result.isGraded());
        root.addProperty("notGraded", result.notGraded());
        root.add("score", result.isGraded() ? number(result.score()) : JsonNull.INSTANCE);
        root.add("maxScore", number(result.maxScore()));
        root.add("flags", array(result.flags(), JsonPrimitive::new));
        root.add("labs", array(result.labs(), JsonReport::lab));
        return PlainText.encodable(GSON.toJson(root)) + "\n";
    }

    /** The benchmarks alone, for {@code lab bench --json}. */
    public static JsonArray benchmarks(Collection<BenchmarkResult> benchmarks) {
        return array(benchmarks, JsonReport::benchmark);
    }

    /** Comparisons with rivals, for {@code lab bench --json}. */
    public static JsonArray rivals(Collection<RivalResult> rivals) {
        return array(rivals, JsonReport::rival);
    }

    private static JsonObject rival(RivalResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("id", result.id());
        json.addProperty("title", result.title());
        json.addProperty("rival", result.rival());
        json.addProperty("message", result.message());
        json.add("ours", side(result.ours()));
        json.add("theirs", side(result.theirs()));
        RivalResult.Speed speed = result.timesAsFast();
        json.add("timesAsFast", speed == null ? JsonNull.INSTANCE : number(speed.value()));
        json.add("interval", speed == null ? JsonNull.INSTANCE : interval(speed.low(), speed.high()));
        json.add("targets", array(result.targets(), JsonReport::target));
        return json;
    }

    private static JsonElement side(RivalResult.@Nullable Side side) {
        if (side == null) {
            return JsonNull.INSTANCE;
        }
        JsonObject json = new JsonObject();
        json.add("nanos", number(side.nanos()));
        json.add("bytes", number(side.bytes()));
        return json;
    }

    private static JsonObject target(RivalResult.Target target) {
        JsonObject json = new JsonObject();
        json.addProperty("words", target.description());
        json.add("value", number(target.value()));
        json.add("bound", number(target.bound()));
        json.addProperty("outcome", target.outcome().name());
        return json;
    }

    private static JsonObject lab(LabResult lab) {
        JsonObject json = new JsonObject();
        json.addProperty("lab", lab.number());
        json.addProperty("module", lab.module());
        json.addProperty("title", lab.title());
        json.add("points", number(lab.points()));
        json.add("earned", number(lab.earned()));
        json.add("earnedOnOwnLabs", lab.hasSecondScore() ? number(lab.earnedOnOwnLabs()) : JsonNull.INSTANCE);
        json.add("compileErrors", array(lab.compileErrors(), JsonReport::compileError));
        json.add("exercises", array(lab.exercises(), JsonReport::exercise));
        json.add("benchmarks", benchmarks(lab.benchmarks()));
        return json;
    }

    private static JsonObject exercise(ExerciseResult exercise) {
        JsonObject json = new JsonObject();
        json.addProperty("id", exercise.id());
        json.addProperty("title", exercise.title());
        json.addProperty("verdict", exercise.verdict().name());
        json.addProperty("message", exercise.message());
        json.add("points", number(exercise.points()));
        json.add("earned", earned(exercise.verdict(), exercise.earned()));
        json.add("onOwnLabs", ownLabs(exercise.onOwnLabs()));
        json.add("tests", array(exercise.tests(), JsonReport::test));
        return json;
    }

    private static JsonElement ownLabs(@Nullable OwnLabsResult second) {
        if (second == null) {
            return JsonNull.INSTANCE;
        }
        JsonObject json = new JsonObject();
        json.addProperty("verdict", second.verdict().name());
        json.add("earned", number(second.earned()));
        json.addProperty("passed", second.passed());
        json.addProperty("tests", second.tests());
        json.addProperty("message", second.message());
        return json;
    }

    private static JsonObject test(TestResult test) {
        JsonObject json = new JsonObject();
        json.addProperty("id", test.id());
        json.addProperty("kind", test.kind().name());
        json.addProperty("name", test.name());
        json.addProperty("verdict", test.verdict().name());
        json.addProperty("message", test.message());
        json.addProperty("location", test.location());
        json.addProperty("milliseconds", test.millis());
        json.add("points", number(test.points()));
        json.add("earned", earned(test.verdict(), test.earned()));
        return json;
    }

    private static JsonObject compileError(CompileError error) {
        JsonObject json = new JsonObject();
        json.addProperty("file", error.file());
        json.addProperty("line", error.line());
        json.addProperty("column", error.column());
        json.addProperty("message", error.message());
        json.addProperty("sourceLine", error.sourceLine());
        return json;
    }

    private static JsonObject benchmark(BenchmarkResult benchmark) {
        JsonObject json = new JsonObject();
        json.addProperty("id", benchmark.id());
        json.addProperty("title", benchmark.title());
        json.addProperty("verdict", benchmark.verdict().name());
        json.addProperty("message", benchmark.message());
        json.add("points", number(benchmark.points()));
        json.add(
                "earned",
                benchmark.verdict() == BenchmarkVerdict.NOT_GRADED ? JsonNull.INSTANCE : number(benchmark.earned()));
        json.add("counters", array(benchmark.counters(), JsonReport::counter));
        BenchmarkResult.Ratio ratio = benchmark.ratio();
        json.add("ratio", ratio == null ? JsonNull.INSTANCE : number(ratio.value()));
        json.add("interval", ratio == null ? JsonNull.INSTANCE : interval(ratio));
        json.add("studentNanos", ratio == null ? JsonNull.INSTANCE : number(ratio.studentNanos()));
        json.add("referenceNanos", ratio == null ? JsonNull.INSTANCE : number(ratio.referenceNanos()));
        return json;
    }

    private static JsonObject counter(BenchmarkResult.Counter counter) {
        JsonObject json = new JsonObject();
        json.addProperty("name", counter.name());
        json.add("student", number(counter.student()));
        json.add("reference", number(counter.reference()));
        json.add("limit", number(counter.limit()));
        json.addProperty("ok", counter.ok());
        return json;
    }

    private static JsonElement interval(BenchmarkResult.Ratio ratio) {
        if (Double.isNaN(ratio.value())) {
            return JsonNull.INSTANCE;
        }
        return interval(ratio.low(), ratio.high());
    }

    private static JsonArray interval(double low, double high) {
        JsonArray interval = new JsonArray();
        interval.add(number(low));
        interval.add(number(high));
        return interval;
    }

    private static JsonElement earned(Verdict verdict, double points) {
        return verdict == Verdict.NOT_GRADED ? JsonNull.INSTANCE : number(points);
    }

    private static JsonElement number(double value) {
        if (!Double.isFinite(value)) {
            return JsonNull.INSTANCE;
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return whole ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
    }

    private static <T> JsonArray array(Collection<T> items, Function<T, ? extends JsonElement> toJson) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(toJson.apply(item)));
        return array;
    }
}
