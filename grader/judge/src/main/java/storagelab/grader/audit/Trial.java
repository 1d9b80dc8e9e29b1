package storagelab.grader.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FilenameUtils;

/**
 * A submission that the grader is tried with, as one file of the corpus: an attack, or honest work that looks unusual.
 *
 * <p>Format: a head of lines {@code // key: value}; a Java source whose members replace those of the base, if the head names a {@code
 * type}; then sections {@code // file: PATH}, a whole file, and {@code // edit: PATH}, a {@link ZooEdit}. A path is below the lab's
 * module, or below the submission if it begins with a slash. {@code notes/decisions/attacks-are-data.md} lists the keys.
 *
 * @param name of the file, without the ending
 * @param isAttack whether it tries to get what it should not get
 * @param head values by key, in their order
 * @param source Java text with members for the base; empty if no {@code type} is named
 * @param parts further files
 */
record Trial(String name, boolean isAttack, Map<String, List<String>> head, String source, List<Part> parts) {
    static final String HOSTILE = "hostile";

    private static final Pattern HEAD_LINE = Pattern.compile("// *([a-z0-9 ]+): *(.*)");
    private static final Pattern SECTION = Pattern.compile("// (file|edit): (\\S.*)");
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "tries",
            "exercise",
            "base",
            "type",
            "then",
            "earns",
            "verdict",
            "says",
            "flag",
            "graded",
            "wall",
            "behind",
            "behind earns",
            "because",
            "limits",
            "slow"));

    /** A file of the submission. */
    record Part(String path, boolean isEdit, String text) {}

    Trial {
        head = Map.copyOf(head);
        parts = List.copyOf(parts);
    }

    /**
     * Reads a file of the corpus.
     *
     * @throws IllegalArgumentException if its head lacks a line or has an unknown one
     */
    static Trial parse(Path file, String text) {
        String name = FilenameUtils.getBaseName(file.toString());
        boolean isAttack = file.getParent() != null && file.getParent().endsWith(HOSTILE);
        Map<String, List<String>> head = new HashMap<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()
                && lines.get(at).startsWith("//")
                && !SECTION.matcher(lines.get(at)).matches()) {
            Matcher line = HEAD_LINE.matcher(lines.get(at));
            if (!line.matches() || !KEYS.contains(keyOf(line.group(1)))) {
                throw new IllegalArgumentException(name + ": not a line of a head: " + lines.get(at));
            }
            head.computeIfAbsent(line.group(1), key -> new ArrayList<>())
                    .add(line.group(2).strip());
            at++;
        }
        StringBuilder source = new StringBuilder();
        List<Part> parts = new ArrayList<>();
        StringBuilder current = source;
        String path = "";
        boolean isEdit = false;
        for (String line : lines.subList(at, lines.size())) {
            Matcher section = SECTION.matcher(line);
            if (!section.matches()) {
                current.append(line).append('\n');
                continue;
            }
            addPart(parts, path, isEdit, current);
            path = section.group(2).strip();
            isEdit = section.group(1).equals("edit");
            current = new StringBuilder();
        }
        addPart(parts, path, isEdit, current);
        Trial trial = new Trial(name, isAttack, head, source.toString(), parts);
        List<String> required =
                isAttack ? List.of("tries", "exercise", "earns", "wall") : List.of("tries", "exercise", "earns");
        for (String key : required) {
            if (trial.all(key).isEmpty()) {
                throw new IllegalArgumentException(name + ": its head has no line '// " + key + ": …'");
            }
        }
        if (trial.get("wall").equals(Wall.RULES.describe())
                && trial.all("behind").isEmpty()) {
            throw new IllegalArgumentException(name + ": the head does not say what stops it behind the rules");
        }
        return trial;
    }

    /** A key, and for another JDK the same key with a number before it: {@code "25 behind"}. */
    private static String keyOf(String key) {
        return key.replaceFirst("^\\d+ ", "");
    }

    private static void addPart(List<Part> parts, String path, boolean isEdit, StringBuilder text) {
        if (!path.isEmpty()) {
            parts.add(new Part(path, isEdit, text.toString()));
        }
    }

    /** The values of a key; on a JDK for which the head has other ones, those. */
    List<String> all(String key) {
        String here = Runtime.version().feature() + " " + key;
        return head.getOrDefault(head.containsKey(here) ? here : key, List.of());
    }

    /** The value of a key; empty if it is not in the head. */
    String get(String key) {
        return all(key).isEmpty() ? "" : all(key).get(0);
    }

    /** What it tries, as a sentence. */
    String tries() {
        return get("tries");
    }

    /** The ids of the exercises that are graded; the lab of the first one is the lab that is submitted. */
    List<String> exercises() {
        return List.of(get("exercise").split(", *"));
    }

    /** The factor on the limits of time. */
    double limits() {
        return get("limits").isEmpty() ? 1 : Double.parseDouble(get("limits"));
    }

    /** Whether the quick half leaves it out. */
    boolean isSlow() {
        return !get("slow").isEmpty();
    }

    /** Whether the rules are what stops it, so that there is something to see behind them. */
    boolean isRefused() {
        return get("wall").equals(Wall.RULES.describe());
    }

    /** What it may earn of {@code points}, at least and at most. */
    double[] earns(String key, double points) {
        String value = get(key);
        if (value.equals("all")) {
            return new double[] {points, points};
        }
        if (value.startsWith("at most ")) {
            return new double[] {0, Double.parseDouble(value.substring("at most ".length()))};
        }
        double exactly = value.isEmpty() ? 0 : Double.parseDouble(value);
        return new double[] {exactly, exactly};
    }

    /** The type that the source is put into; empty if there is no source. */
    Optional<String> type() {
        return all("type").stream().findFirst();
    }

    /** {@code "hostile/forge-a-result"}. */
    String describe() {
        return (isAttack ? "hostile/" : "honest/") + name;
    }
}
