package storagelab.grader.kv;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import storagelab.grader.cli.Json;

/** {@code verify}: reads everything, and names what is damaged. */
@Command(
        name = "verify",
        customSynopsis = "verify",
        description = {
            "Read all files of the store, and name all that is damaged. The exit code is 1 if anything is.",
            ""
        })
final class VerifyAction extends KvAction {
    VerifyAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        session.release();
        StoreKind kind = session.existing();
        Verdict verdict = kind.verify(session.place().home());
        int exit = verdict.isWhole() ? 0 : NOT_SO;
        if (options.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("whole", verdict.isWhole());
            all.putAll(verdict.numbers());
            say(Json.of(all));
            return exit;
        }
        verdict.findings().forEach(this::say);
        if (verdict.isWhole()) {
            say("The store is whole, and its files fit together: " + verdict.read() + ".");
            return exit;
        }
        note("The store is damaged; what could be read are " + verdict.read() + ".");
        note(
                kind == StoreKind.LEVELDB
                        ? session.call("repair") + " keeps what can be read, and moves the old files to lost."
                        : "Restore it from a backup, or load what " + session.call("scan")
                                + " --all can still read into a new store.");
        return exit;
    }
}
