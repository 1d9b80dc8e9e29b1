package storagelab.grader.batch;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of a gradebook, each in a file of its own. A file is there whole or not at all, even if the process is killed
 * or the power goes.
 *
 * <p>Concurrency: may be used by several threads.
 */
public final class ResultStore {
    private static final String ENDING = ".json";

    /** The names of the tests are the same in all results. */
    private final Interner<String> texts = Interners.newStrongInterner();

    private final Gson gson = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .registerTypeAdapter(String.class, new InternedText())
            .create();

    private final Path directory;
    private final Map<String, Graded> byName = new ConcurrentHashMap<>();
    private final Map<String, Graded> byKey = new ConcurrentHashMap<>();
    private final List<String> damaged = new ArrayList<>();

    private ResultStore(Path directory) {
        this.directory = directory;
    }

    /** Reads the results in {@code directory}, which is made if it is not there. A damaged file is as if it were not there. */
    public static ResultStore open(Path directory) throws IOException {
        Files.createDirectories(directory);
        ResultStore store = new ResultStore(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                store.load(file);
            }
        }
        return store;
    }

    private void load(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            Graded graded = gson.fromJson(text, Graded.class);
            if (graded == null) {
                damaged.add(file.getFileName().toString());
                return;
            }
            remember(graded);
        } catch (RuntimeException notOurs) { // Gson has no common type for what can be wrong with a text
            damaged.add(file.getFileName().toString());
        }
    }

    private void remember(Graded graded) {
        byName.put(graded.name(), graded);
        if (graded.result().isGraded()) {
            byKey.put(graded.key(), graded);
        }
    }

    /** Names of files that could not be read. */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** The result of what has this key, under whatever name. What could not be graded is not among it. */
    Optional<Graded> withKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The last result of the submission called {@code name}. */
    Optional<Graded> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All results, by name. */
    public Collection<Graded> all() {
        return new TreeMap<>(byName).values();
    }

    /** Keeps a result, in the place of an earlier one of the same name. */
    public void put(Graded graded) throws IOException {
        Path file = directory.resolve(graded.name() + ENDING);
        Path temporary = directory.resolve(graded.name() + ".new");
        try (FileChannel channel = FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
            gson.toJson(graded, out);
            out.flush();
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        remember(graded);
    }

    /** Texts of which there is one in memory, however many results have them. */
    private final class InternedText extends TypeAdapter<@Nullable String> {
        @Override
        public void write(JsonWriter out, @Nullable String text) throws IOException {
            out.value(text);
        }

        @Override
        public @Nullable String read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            return texts.intern(in.nextString());
        }
    }
}
