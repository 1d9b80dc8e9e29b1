package storagelab.grader.workspace;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of each lab that a workspace was made from, by its module. Immutable. */
public final class Versions {
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{12}");
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private final @Nullable SortedMap<String, String> labs;

    /** These versions. */
    public Versions(SortedMap<String, String> labs) {
        this.labs = new TreeMap<>(labs);
    }

    /** Reads the record; what is not a version is left out. */
    static Versions read(Path file) {
        Versions read = JsonFile.read(file, new Versions(new TreeMap<>()), Versions.class);
        SortedMap<String, String> genuine = new TreeMap<>();
        if (read.labs != null) {
            read.labs.forEach((module, version) -> {
                if (version != null && VERSION.matcher(version).matches()) {
                    genuine.put(module, version);
                }
            });
        }
        return new Versions(genuine);
    }

    /** The version of a lab; empty if it is not known. */
    public String of(String module) {
        return labs == null ? "" : labs.getOrDefault(module, "");
    }

    /** The file's content. */
    public String toJson() {
        return GSON.toJson(this) + "\n";
    }
}
