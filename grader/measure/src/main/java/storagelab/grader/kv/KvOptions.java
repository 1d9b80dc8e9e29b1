package storagelab.grader.kv;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;

/** The options that every command takes, before or after its name. */
public final class KvOptions {
    @Option(names = "--hex", description = "Keys and values are hexadecimal digits, given and printed.")
    private boolean isHex;

    @Option(
            names = "--raw",
            description = "Keys and values are the bytes themselves, without escapes, given and printed.")
    private boolean isRaw;

    @Option(
            names = "--json",
            description =
                    "Print JSON: one object for each line where there are many. Keys and values are strings, with the"
                            + " same escapes or digits.")
    private boolean isJson;

    @Option(
            names = "--engine",
            paramLabel = "E",
            description =
                    "The kind of store to make if there is none: ${COMPLETION-CANDIDATES}. btree if it is not given.")
    private @Nullable StoreKind engine;

    /** These options, where {@code outer} does not say more. */
    void inherit(KvOptions outer) {
        if (!isHex && !isRaw) {
            isHex = outer.isHex;
            isRaw = outer.isRaw;
        }
        isJson |= outer.isJson;
        if (engine == null) {
            engine = outer.engine;
        }
    }

    /** Checks that the options do not contradict each other. */
    void check() {
        if (isHex && isRaw) {
            throw LabException.usage("--hex and --raw contradict each other.", "Give one of them.");
        }
        if (isRaw && isJson) {
            throw LabException.usage(
                    "--raw and --json contradict each other: JSON has no way to write any byte as it is.",
                    "Use --hex with --json, or no option for text with escapes.");
        }
    }

    BytesText text() {
        if (isRaw) {
            return BytesText.RAW;
        }
        return isHex ? BytesText.HEX : BytesText.ESCAPED;
    }

    boolean isJson() {
        return isJson;
    }

    /** What was asked for; null if nothing was. */
    @Nullable
    StoreKind engine() {
        return engine;
    }
}
