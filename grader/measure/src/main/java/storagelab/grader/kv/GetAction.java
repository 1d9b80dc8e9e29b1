package storagelab.grader.kv;

import java.util.Optional;
import picocli.CommandLine.Command;
import storagelab.api.Slice;
import storagelab.api.Transaction;

/** {@code get}: prints a value. */
@Command(
        name = "get",
        customSynopsis = "get KEY",
        description = {
            "Print the value of KEY. The exit code is 1 if it is not there.",
            "With --raw exactly the bytes of the value are written, without a line feed.",
            ""
        })
final class GetAction extends KvAction {
    GetAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(1, "KEY");
        Slice key = bytes(0, "KEY");
        OpenStore store = session.toRead();
        Optional<Transaction> transaction = session.transaction();
        Optional<Slice> value = transaction.isPresent()
                ? transaction.get().get(key)
                : store.entries().get(key);
        if (value.isEmpty()) {
            note("There is no key " + options.text().print(key) + ".");
            note(session.call("scan") + " prints those there are.");
            return NOT_SO;
        }
        new KvOutput(session, options).value(key, value.get());
        return 0;
    }
}
