package storagelab.testkit;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.CursorMove.Kind;
import storagelab.testkit.StoreOperation.AskSnapshot;
import storagelab.testkit.StoreOperation.Batch;
import storagelab.testkit.StoreOperation.Delete;
import storagelab.testkit.StoreOperation.Get;
import storagelab.testkit.StoreOperation.MoveCursor;
import storagelab.testkit.StoreOperation.OpenCursor;
import storagelab.testkit.StoreOperation.OpenSnapshotCursor;
import storagelab.testkit.StoreOperation.Put;
import storagelab.testkit.StoreOperation.TakeSnapshot;
import storagelab.testkit.StoreOperation.Upkeep;
import storagelab.testkit.StoreOperation.Write;

/**
 * Steps of a model test as lines of text, and back.
 *
 * <pre>
 * put "k3" "v17"
 * put 0xff00 "v18"x2000          2,000 bytes of v18v18v18…
 * delete "k3"
 * batch put "a" "v19"; delete ""
 * get "k3"
 * flush
 * open 0 "a" "k3"                cursor 0 over ["a", "k3"); without the second key, over all from "a"
 * move 0 seek "b"                and first, last, before "b", next, prev
 * snapshot 1                     takes snapshot 1
 * ask 1 "k3"                     a get from it
 * view 1 open 0 "a"              cursor 0 over it
 * </pre>
 */
final class TraceText {
    private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"(?:x(\\d+))?|0x([0-9a-f]*)|;|[a-z]+|\\d+");
    private static final int PATTERN_MAX = 8;

    private TraceText() {}

    static String print(StoreOperation operation) {
        if (operation instanceof Put put) {
            return "put " + print(put.key()) + " " + print(put.value());
        }
        if (operation instanceof Delete delete) {
            return "delete " + print(delete.key());
        }
        if (operation instanceof Get get) {
            return "get " + print(get.key());
        }
        if (operation instanceof Batch batch) {
            List<String> writes = batch.writes().stream().map(TraceText::print).toList();
            return ("batch " + String.join("; ", writes)).strip();
        }
        if (operation instanceof OpenCursor open) {
            return print(open);
        }
        if (operation instanceof TakeSnapshot take) {
            return "snapshot " + take.snapshot();
        }
        if (operation instanceof AskSnapshot ask) {
            return "ask " + ask.snapshot() + " " + print(ask.key());
        }
        if (operation instanceof OpenSnapshotCursor open) {
            return "view " + open.snapshot() + " " + print(new OpenCursor(open.cursor(), open.range()));
        }
        if (operation instanceof MoveCursor move) {
            Kind kind = move.move().kind();
            String name = kind.name().toLowerCase(Locale.ROOT);
            String key = kind.hasKey() ? " " + print(move.move().key()) : "";
            return "move " + move.cursor() + " " + name + key;
        }
        return ((Upkeep) operation).name().toLowerCase(Locale.ROOT);
    }

    private static String print(OpenCursor open) {
        Slice to = open.range().to();
        String upperEnd = to == null ? "" : " " + print(to);
        return "open " + open.cursor() + " " + print(open.range().from()) + upperEnd;
    }

    /** A slice as it stands in a trace: quoted text, text repeated to a length, or hexadecimal. */
    static String print(Slice slice) {
        String text = slice.toString();
        boolean quotable = text.indexOf('"') < 0 && Slice.utf8(text).equals(slice);
        if (!quotable) {
            return "0x" + BaseEncoding.base16().lowerCase().encode(slice.toByteArray());
        }
        for (int length = 1; length <= PATTERN_MAX && length < slice.length() - PATTERN_MAX; length++) {
            Slice pattern = slice.subSlice(0, length);
            if (repeat(pattern, slice.length()).equals(slice)) {
                return "\"" + pattern + "\"x" + slice.length();
            }
        }
        return "\"" + text + "\"";
    }

    /** {@code pattern} again and again, cut at {@code length} bytes. */
    static Slice repeat(Slice pattern, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = pattern.byteAt(i % pattern.length());
        }
        return Slice.wrap(bytes);
    }

    /**
     * The step that {@code line} says.
     *
     * @throws IllegalArgumentException if it says none
     */
    static StoreOperation parse(String line) {
        List<String> tokens = tokens(line);
        String verb = tokens.isEmpty() ? "" : tokens.get(0);
        List<String> rest = tokens.isEmpty() ? tokens : tokens.subList(1, tokens.size());
        return switch (verb) {
            case "put", "delete" -> parseWrite(tokens, line);
            case "get" -> new Get(parseSlice(one(rest, line)));
            case "batch" -> parseBatch(rest, line);
            case "open" -> parseOpen(rest, line);
            case "move" -> parseMove(rest, line);
            case "snapshot" -> new TakeSnapshot(Integer.parseInt(one(rest, line)));
            case "ask" -> parseAsk(rest, line);
            case "view" -> parseView(rest, line);
            case "flush", "compact", "reopen" -> Upkeep.valueOf(verb.toUpperCase(Locale.ROOT));
            default -> throw new IllegalArgumentException("not a step: " + line);
        };
    }

    private static Batch parseBatch(List<String> tokens, String line) {
        List<Write> writes = new ArrayList<>();
        int from = 0;
        while (from < tokens.size()) {
            int separator = tokens.subList(from, tokens.size()).indexOf(";");
            int to = separator < 0 ? tokens.size() : from + separator;
            writes.add(parseWrite(tokens.subList(from, to), line));
            from = to + 1;
        }
        return new Batch(writes);
    }

    private static Write parseWrite(List<String> tokens, String line) {
        if (tokens.size() == 3 && tokens.get(0).equals("put")) {
            return new Put(parseSlice(tokens.get(1)), parseSlice(tokens.get(2)));
        }
        if (tokens.size() == 2 && tokens.get(0).equals("delete")) {
            return new Delete(parseSlice(tokens.get(1)));
        }
        throw new IllegalArgumentException("not a write: " + line);
    }

    private static OpenCursor parseOpen(List<String> tokens, String line) {
        if (tokens.size() < 2 || tokens.size() > 3) {
            throw new IllegalArgumentException("not a cursor: " + line);
        }
        Slice from = parseSlice(tokens.get(1));
        Slice to = tokens.size() == 3 ? parseSlice(tokens.get(2)) : null;
        return new OpenCursor(Integer.parseInt(tokens.get(0)), new KeyRange(from, to));
    }

    private static MoveCursor parseMove(List<String> tokens, String line) {
        Kind kind = tokens.size() < 2 ? Kind.SEEK : Kind.valueOf(tokens.get(1).toUpperCase(Locale.ROOT));
        if (tokens.size() != (kind.hasKey() ? 3 : 2)) {
            throw new IllegalArgumentException("not a move: " + line);
        }
        Slice key = kind.hasKey() ? parseSlice(tokens.get(2)) : Slice.EMPTY;
        return new MoveCursor(Integer.parseInt(tokens.get(0)), new CursorMove(kind, key));
    }

    private static AskSnapshot parseAsk(List<String> tokens, String line) {
        if (tokens.size() != 2) {
            throw new IllegalArgumentException("not a question: " + line);
        }
        return new AskSnapshot(Integer.parseInt(tokens.get(0)), parseSlice(tokens.get(1)));
    }

    private static OpenSnapshotCursor parseView(List<String> tokens, String line) {
        if (tokens.size() < 2 || !tokens.get(1).equals("open")) {
            throw new IllegalArgumentException("not a cursor over a snapshot: " + line);
        }
        OpenCursor open = parseOpen(tokens.subList(2, tokens.size()), line);
        return new OpenSnapshotCursor(Integer.parseInt(tokens.get(0)), open.cursor(), open.range());
    }

    private static Slice parseSlice(String token) {
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches() || (matcher.group(1) == null && matcher.group(3) == null)) {
            throw new IllegalArgumentException("not bytes: " + token);
        }
        if (matcher.group(1) == null) {
            return Slice.wrap(BaseEncoding.base16().lowerCase().decode(token.substring(2)));
        }
        Slice text = Slice.utf8(token.substring(1, token.lastIndexOf('"')));
        return matcher.group(2) == null ? text : repeat(text, Integer.parseInt(matcher.group(2)));
    }

    private static String one(List<String> tokens, String line) {
        if (tokens.size() != 1) {
            throw new IllegalArgumentException("not a step: " + line);
        }
        return tokens.get(0);
    }

    private static List<String> tokens(String line) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(line);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }
}
