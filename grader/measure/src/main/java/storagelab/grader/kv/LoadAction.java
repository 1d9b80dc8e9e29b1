package storagelab.grader.kv;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.grader.LabException;

/** {@code load}: stores the entries of a file. */
@Command(
        name = "load",
        customSynopsis = "load [FILE]",
        description = {
            "Store the entries in FILE, or in standard input without FILE or with -: a line each, the key, a tab, and the value,",
            "which is all the rest of the line, with the same escapes as arguments; with --hex, --json or --raw as scan",
            "prints them with it. Entries are written in batches of up to 1,000. All are on the disk when the command returns.",
            "A line that cannot be read ends it; the entries before that line are stored.",
            "If there is no store in DIR, one is made, as put does.",
            ""
        })
final class LoadAction extends KvAction {
    private static final int BATCH_ENTRIES = 1_000;
    private static final int BATCH_BYTES = 1 << 20;

    LoadAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0, "FILE");
        boolean isInput = arguments().isEmpty() || arguments().get(0).equals("-");
        if (isInput && session.isInteractive()) {
            throw LabException.usage(
                    "The command load needs a FILE in a session.", "Write load and the name of the file.");
        }
        String name = isInput ? "standard input" : arguments().get(0);
        Path file = session.context().directory().resolve(name);
        try (InputStream in = isInput ? session.process().in() : Files.newInputStream(file)) {
            load(new LineReader(in), name, isInput ? 0 : Files.size(file));
        } catch (NoSuchFileException e) {
            throw new LabException("There is no file " + name + ".", "Look at its name; nothing was stored.");
        } catch (IOException e) {
            throw new LabException(
                    name + " cannot be read: " + e.getMessage() + ".", "Put that right and load it again.");
        }
        return 0;
    }

    private void load(LineReader lines, String name, long fileBytes) throws IOException {
        OpenStore store = session.toWriteOrMake();
        LoadProgress progress = new LoadProgress(session, fileBytes);
        WriteBatch batch = new WriteBatch();
        long batchBytes = 0;
        long entries = 0;
        try {
            for (Optional<Slice> line = lines.next(); line.isPresent(); line = lines.next()) {
                Entry entry = entry(line.get(), lines.number(), name);
                batch.put(entry.key(), entry.value());
                batchBytes += (long) entry.key().length() + entry.value().length();
                entries++;
                if (batch.operations().size() >= BATCH_ENTRIES || batchBytes >= BATCH_BYTES) {
                    write(store, batch, Durability.BUFFERED);
                    batch = new WriteBatch();
                    batchBytes = 0;
                    session.checkNotInterrupted();
                    progress.show(entries, lines.bytes());
                }
            }
        } catch (LabException | IOException e) {
            write(store, batch, Durability.SYNCED); // what came before a line that cannot be read
            throw e;
        } finally {
            progress.done();
        }
        write(store, batch, Durability.SYNCED);
        note("Stored: " + Counted.of(entries, "entry") + ".");
    }

    private void write(OpenStore store, WriteBatch batch, Durability durability) {
        if (session.transaction().isPresent()) {
            KvWrites.write(session, store, batch);
            return;
        }
        try {
            store.entries().write(batch, durability);
        } catch (IllegalArgumentException e) {
            throw KvWrites.tooLong(e);
        }
    }

    private Entry entry(Slice line, long number, String name) {
        try {
            return options.isJson() ? fromJson(line) : fromTabs(withoutReturn(line));
        } catch (LabException e) {
            throw new LabException(
                    "Line " + number + " of " + name + ": " + e.getMessage(),
                    e.nextStep() + " The entries before that line are stored; loading all of them again does no harm.");
        }
    }

    /** Files of Windows end a line with a carriage return, too. In the other formats, one of the value is an escape. */
    private Slice withoutReturn(Slice line) {
        int last = line.length() - 1;
        boolean isReturn = last >= 0 && line.byteAt(last) == '\r' && options.text() != BytesText.RAW;
        return isReturn ? line.subSlice(0, last) : line;
    }

    private Entry fromTabs(Slice line) {
        int tab = 0;
        while (tab < line.length() && line.byteAt(tab) != '\t') {
            tab++;
        }
        if (tab == line.length()) {
            throw new LabException("It has no tab.", "Write the key, a tab and the value.");
        }
        return Entry.value(
                options.text().parse(line.subSlice(0, tab), "KEY"),
                options.text().parse(line.subSlice(tab + 1, line.length()), "VALUE"));
    }

    private Entry fromJson(Slice line) {
        try {
            JsonObject object = JsonParser.parseString(line.toUtf8()).getAsJsonObject();
            return Entry.value(member(object, "key"), member(object, "value"));
        } catch (JsonParseException | IllegalStateException e) {
            throw new LabException(
                    "It is not an object with the strings key and value.", "Write {\"key\":\"…\",\"value\":\"…\"}.");
        }
    }

    private Slice member(JsonObject object, String name) {
        JsonElement member = object.get(name);
        if (member == null || !member.isJsonPrimitive()) {
            throw new LabException("It has no string \"" + name + "\".", "Write {\"key\":\"…\",\"value\":\"…\"}.");
        }
        return options.text().parse(member.getAsString(), name);
    }
}
