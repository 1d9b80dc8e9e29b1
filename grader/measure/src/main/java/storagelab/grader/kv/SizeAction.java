package storagelab.grader.kv;

import picocli.CommandLine.Command;
import storagelab.api.KeyRange;
import storagelab.grader.cli.Json;

/** {@code size}: says how much room entries take. */
@Command(
        name = "size",
        customSynopsis = "size [FROM [TO]]",
        description = {
            "Print how much room the entries from FROM up to, and without, TO take. A store of the kind leveldb says about how",
            "many bytes of tables they are, from its indexes; of the others the entries are read and counted.",
            ""
        })
final class SizeAction extends KvAction {
    SizeAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0, "FROM", "TO");
        KeyRange range = range();
        StoreSize size = session.toRead().size(range);
        if (options.isJson()) {
            say(Json.of(size.numbers()));
        } else {
            size.lines().forEach(this::say);
        }
        return 0;
    }
}
