package storagelab.grader.kv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Transaction;
import storagelab.grader.LabException;

/** {@code scan}: prints entries. */
@Command(
        name = "scan",
        customSynopsis = "scan [FROM [TO]]",
        description = {
            "Print the entries from FROM up to, and without, TO: key, tab, value, in the order of their bytes.",
            "What scan --all prints, load stores again; with --hex or --json if load gets the same option.",
            ""
        })
final class ScanAction extends KvAction {
    @Option(names = "--limit", paramLabel = "N", description = "Print at most N entries (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    @Option(names = "--all", description = "Print all entries.")
    private boolean isAll;

    @Option(names = "--prefix", paramLabel = "P", description = "Print the entries whose keys begin with P.")
    private @Nullable String prefix;

    @Option(names = "--reverse", description = "Print the last entry first.")
    private boolean isReverse;

    ScanAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0, "FROM", "TO");
        if (limit < 0) {
            throw LabException.usage("--limit is " + limit + ".", "Give it a number of entries, from 0 on.");
        }
        KeyRange range = keys();
        OpenStore store = session.toRead();
        Optional<Transaction> transaction = session.transaction();
        try (Cursor cursor = transaction.isPresent()
                ? transaction.get().cursor(range)
                : store.entries().cursor(range)) {
            print(cursor);
        }
        return 0;
    }

    private KeyRange keys() {
        String beginning = prefix;
        if (beginning == null) {
            return range();
        }
        if (!arguments().isEmpty()) {
            throw LabException.usage(
                    "--prefix and FROM were both given.", "Give one of them: --prefix P, or FROM and TO.");
        }
        return KeyRange.prefix(options.text().parse(beginning, "P"));
    }

    private void print(Cursor cursor) {
        KvOutput output = new KvOutput(session, options);
        if (isReverse) {
            cursor.seekToLast();
        } else {
            cursor.seekToFirst();
        }
        boolean isRead = true;
        for (long left = isAll ? Long.MAX_VALUE : limit; isRead && cursor.isValid() && left > 0; left--) {
            session.checkNotInterrupted();
            isRead = output.entry(cursor.key(), cursor.value());
            if (isReverse) {
                cursor.prev();
            } else {
                cursor.next();
            }
        }
        if (isRead && cursor.isValid()) {
            note("There is more: --limit N prints more than " + limit + ", and --all prints all.");
        }
    }
}
