package storagelab.grader.collect;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.LabSources;
import storagelab.grader.workspace.Workspace;

/**
 * Finds the labs among the files of a submission and copies what may be graded into memory.
 *
 * <p>The labs may be some directories further down, or in one more archive. Java sources that are in no lab's directory are put to
 * where their package belongs. Everything that is not a source of a lab, or a record of the workspace, is not read.
 */
final class Unpacking {
    /** Longer files are refused later; so much of them is enough to see that they are too long. */
    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final int ARCHIVE_BYTES_MAX = 128 << 20;
    private static final long BYTES_MAX = 64L << 20;
    private static final int FILES_MAX = 20_000;
    private static final int SHOWN_MAX = 5;
    private static final List<String> RECORDS = List.of(
            Workspace.METADATA + "/course.json",
            Workspace.METADATA + "/unlocked.json",
            Workspace.METADATA + "/versions.json");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\p{L}\\p{N}_$.]+)\\s*;");

    private final Course course;
    private final List<String> modules;
    private final List<String> notes = new ArrayList<>();

    Unpacking(Course course) {
        this.course = course;
        this.modules = course.labs().stream().map(Lab::module).toList();
    }

    Unpacked unpack(Bundle bundle) throws IOException {
        notes.addAll(bundle.notes());
        Optional<String> root = root(bundle.items());
        if (root.isPresent()) {
            return copy(graded(bundle.items(), root.get()));
        }
        Optional<Bundle.Item> inner = innerArchive(bundle.items());
        if (inner.isPresent()) {
            try (Bundle opened = open(inner.get())) {
                notes.addAll(opened.notes());
                Optional<String> within = root(opened.items());
                return copy(within.isPresent() ? graded(opened.items(), within.get()) : byPackage(opened.items()));
            }
        }
        return copy(byPackage(bundle.items()));
    }

    /** The directory that has the labs, with a slash at its end or empty; the one that is the least deep. */
    private Optional<String> root(Collection<Bundle.Item> items) {
        TreeSet<String> roots = new TreeSet<>(
                Comparator.<String>comparingInt(path -> depth(path)).thenComparing(path -> path));
        for (Bundle.Item item : items) {
            String[] parts = item.path().split("/");
            StringBuilder prefix = new StringBuilder();
            for (String part : Arrays.copyOf(parts, parts.length - 1)) {
                if (modules.contains(part)) {
                    roots.add(prefix.toString());
                }
                if (modules.contains(part) || isHidden(part)) {
                    break;
                }
                prefix.append(part).append('/');
            }
        }
        if (roots.size() > 1) {
            notes.add("the labs are there more than once; graded was " + place(roots.first()) + ", and not "
                    + place(roots.higher(roots.first())));
        }
        return roots.isEmpty() ? Optional.empty() : Optional.of(roots.first());
    }

    private static int depth(String prefix) {
        return (int) prefix.chars().filter(c -> c == '/').count();
    }

    private static String place(@org.jspecify.annotations.Nullable String prefix) {
        return prefix == null || prefix.isEmpty() ? "what is at the top" : prefix;
    }

    private static boolean isHidden(String directory) {
        return directory.startsWith(".") || directory.equals("__MACOSX") || directory.equals("target");
    }

    private static boolean isVisible(Bundle.Item item) {
        return Arrays.stream(item.path().split("/")).noneMatch(Unpacking::isHidden);
    }

    /** Where each file belongs that is a source of a lab, or a record of the workspace. */
    private SortedMap<String, Bundle.Item> graded(Collection<Bundle.Item> items, String root) {
        SortedMap<String, Bundle.Item> graded = new TreeMap<>();
        String starter = Workspace.METADATA + "/starter/";
        for (Bundle.Item item : items) {
            String path = item.path().startsWith(root) ? item.path().substring(root.length()) : "";
            String source = path.startsWith(starter) ? path.substring(starter.length()) : path;
            boolean isSource =
                    modules.stream().anyMatch(module -> source.startsWith(module + "/" + LabSources.MAIN + "/"));
            if (isSource || RECORDS.contains(path)) {
                graded.put(path, item);
            }
        }
        return graded;
    }

    /** The one archive that a submission without labs consists of; of several, the newest. */
    private Optional<Bundle.Item> innerArchive(Collection<Bundle.Item> items) {
        List<Bundle.Item> archives = items.stream()
                .filter(item -> item.entry().kind() == FileTree.Kind.FILE && Archives.isArchive(item.name()))
                .filter(Unpacking::isVisible)
                .sorted(Comparator.comparing((Bundle.Item item) ->
                                item.entry().modified().map(Object::toString).orElse(""))
                        .thenComparing(Bundle.Item::path))
                .toList();
        if (archives.size() > 1) {
            notes.add("there are " + archives.size() + " archives; graded was the newest, "
                    + archives.get(archives.size() - 1).path());
        }
        return archives.isEmpty() ? Optional.empty() : Optional.of(archives.get(archives.size() - 1));
    }

    private static Bundle open(Bundle.Item archive) throws IOException {
        byte[] content = archive.read(ARCHIVE_BYTES_MAX + 1);
        if (content.length > ARCHIVE_BYTES_MAX) {
            throw new IOException(archive.name() + " is larger than " + ARCHIVE_BYTES_MAX + " bytes");
        }
        return Bundle.of(Archives.open(archive.name(), content));
    }

    /** Sources that are in no lab's directory, put to where their package belongs. */
    private SortedMap<String, Bundle.Item> byPackage(Collection<Bundle.Item> items) throws IOException {
        Map<String, String> moduleOfPackage = new TreeMap<>();
        for (ExerciseSpec exercise : course.exercises().toList()) {
            String module = course.lab(ExerciseSpec.labOf(exercise.id())).module();
            for (String file : exercise.files()) {
                moduleOfPackage.putIfAbsent(directory(LabSources.sourcePath(file)), module);
            }
        }
        SortedMap<String, Bundle.Item> placed = new TreeMap<>();
        for (Bundle.Item item : items) {
            if (item.name().endsWith(".java") && item.entry().kind() == FileTree.Kind.FILE && isVisible(item)) {
                String text = new String(item.read(FILE_BYTES_MAX), StandardCharsets.UTF_8);
                Matcher declared = PACKAGE.matcher(text);
                String directory = declared.find() ? declared.group(1).replace('.', '/') : "";
                String module = moduleOfPackage.get(directory);
                if (module != null) {
                    placed.putIfAbsent(module + "/" + LabSources.MAIN + "/" + directory + "/" + item.name(), item);
                }
            }
        }
        if (!placed.isEmpty()) {
            List<String> names = placed.values().stream().map(Bundle.Item::name).toList();
            notes.add("sources outside of the labs' directories were put to where their package belongs: "
                    + String.join(", ", names.subList(0, Math.min(SHOWN_MAX, names.size())))
                    + (names.size() > SHOWN_MAX ? " and " + (names.size() - SHOWN_MAX) + " more" : ""));
        }
        return placed;
    }

    private static String directory(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private Unpacked copy(SortedMap<String, Bundle.Item> files) throws IOException {
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setWorkingDirectory("/")
                .setMaxSize(2 * BYTES_MAX)
                .build());
        try {
            Path root = Files.createDirectories(memory.getPath("/submission"));
            long bytes = 0;
            int count = 0;
            for (Map.Entry<String, Bundle.Item> file : files.entrySet()) {
                if (count++ >= FILES_MAX || bytes > BYTES_MAX) {
                    notes.add("it is larger than " + FILES_MAX + " files or " + BYTES_MAX
                            + " bytes; the rest was left out");
                    break;
                }
                bytes += write(file.getValue(), root.resolve(file.getKey()));
            }
            return new Unpacked(root, notes);
        } catch (IOException | RuntimeException failure) {
            memory.close();
            throw failure;
        }
    }

    /** Writes one file; of what is not a source, only that it is there. */
    private long write(Bundle.Item item, Path target) throws IOException {
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException aFileIsThere) {
            notes.add("a file and a directory have the same name: " + target.getParent());
            return 0;
        }
        FileTree.Kind kind = item.entry().kind();
        boolean isRead = item.name().endsWith(".java") || item.name().endsWith(".json");
        if (Files.isDirectory(target)) {
            notes.add("a file and a directory have the same name: " + target);
        } else if (kind == FileTree.Kind.LINK) {
            Files.createSymbolicLink(target, target.resolveSibling("gone"));
        } else if (kind == FileTree.Kind.FILE && isRead) {
            byte[] content = item.read(FILE_BYTES_MAX);
            Files.write(target, content);
            return content.length;
        } else if (!isRead) {
            Files.createFile(target);
        }
        return 0;
    }
}
