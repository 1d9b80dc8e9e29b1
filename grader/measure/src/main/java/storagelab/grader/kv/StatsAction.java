package storagelab.grader.kv;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.cli.Json;
import storagelab.kv.PrometheusText;

/** {@code stats}: says what the store consists of. */
@Command(
        name = "stats",
        customSynopsis = "stats",
        description = {"Print what the store consists of.", ""})
final class StatsAction extends KvAction {
    @Option(
            names = "--prometheus",
            description = "Print what the store has counted since it was opened, as Prometheus takes it.")
    private boolean isForPrometheus;

    StatsAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        OpenStore store = session.toRead();
        if (isForPrometheus) {
            session.context().out().print(PrometheusText.of(store.entries().stats()));
            session.context().out().flush();
            return 0;
        }
        if (options.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("kind", store.kind().toString());
            all.putAll(store.numbers());
            say(Json.of(all));
            return 0;
        }
        say("kind: " + store.kind() + ", " + store.kind().description());
        store.lines().forEach(this::say);
        return 0;
    }
}
