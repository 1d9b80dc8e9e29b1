package storagelab.grader.compile;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an earlier compilation left behind.
 *
 * @param uses hash of everything on the class path that may change
 * @param sources hash of each source that compiled, by path
 * @param abi {@link AbiHash} of each source's classes, by path
 */
record BuildState(String uses, Map<String, String> sources, Map<String, String> abi) {
    private static final Gson GSON = new Gson();

    static BuildState none() {
        return new BuildState("", Map.of(), Map.of());
    }

    /** The state in the file; none if there is no such file or it can't be read, which costs a full compilation. */
    static BuildState read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return none();
        }
        try {
            BuildState state = GSON.fromJson(Files.readString(file), BuildState.class);
            boolean whole = state != null && state.uses != null && state.sources != null && state.abi != null;
            return whole ? state : none();
        } catch (JsonParseException damaged) {
            return none();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, GSON.toJson(this));
    }

    /** One hash for all that users of these classes can see. */
    String face() {
        return AbiHash.combine(new TreeMap<>(abi));
    }
}
