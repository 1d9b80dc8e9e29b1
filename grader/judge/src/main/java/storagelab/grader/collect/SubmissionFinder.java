package storagelab.grader.collect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.Lab;

/**
 * Finds submissions: in a directory or an archive with one directory or archive for each student, as Canvas, Moodle,
 * Gradescope and GitHub Classroom offer them for download, or in a directory or archive that is a submission itself.
 *
 * <p>The submissions can be unpacked until the finder is closed.
 */
public final class SubmissionFinder implements Closeable {
    private static final String CLASSROOM = "-submissions";

    private final List<String> modules;
    private final List<Submission> found = new ArrayList<>();
    private final List<FileTree> open = new ArrayList<>();

    /** A finder of submissions to {@code course}. */
    public SubmissionFinder(Course course) {
        this.modules = course.labs().stream().map(Lab::module).toList();
    }

    /**
     * All submissions in {@code paths}, each with a name of its own, in the order of their names.
     *
     * @throws LabException if a path has none, or is neither a directory nor an archive that can be read
     */
    public List<Submission> find(List<Path> paths) {
        for (Path path : paths) {
            int before = found.size();
            try {
                findIn(path);
            } catch (IOException unreadable) {
                throw new LabException(
                        path + " cannot be read: " + unreadable.getMessage() + ".",
                        "Look at its permissions, or download it again.");
            }
            if (found.size() == before) {
                throw new LabException(
                        "There is no submission in " + path + ".",
                        "Name a directory or an archive that has a directory or an archive for each student.");
            }
        }
        return uniquelyNamed();
    }

    private void findIn(Path path) throws IOException {
        Path name = path.getFileName();
        String label = name == null ? "submissions" : name.toString();
        if (Files.isDirectory(path)) {
            findInDirectory(path, label);
        } else if (Files.isRegularFile(path) && Archives.isArchive(label)) {
            FileTree tree = Archives.open(path);
            open.add(tree);
            findInArchive(tree, Archives.withoutEnding(label));
        } else {
            throw LabException.usage(
                    path + (Files.exists(path) ? " is neither a directory nor an archive." : " does not exist."),
                    "Name directories, .zip, .tar or .tar.gz files.");
        }
    }

    private void findInDirectory(Path directory, String label) throws IOException {
        SortedMap<String, Path> children = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path child : stream) {
                children.put(child.getFileName().toString(), child);
            }
        }
        if (children.keySet().stream().anyMatch(modules::contains)) {
            found.add(submission(label, () -> Bundle.of(new DirectoryTree(directory))));
            return;
        }
        Optional<GradescopeExport> gradescope = Optional.empty();
        if (children.containsKey(GradescopeExport.FILE)) {
            DirectoryTree top = new DirectoryTree(directory, directory.resolve(GradescopeExport.FILE));
            gradescope = Optional.of(GradescopeExport.read(top, entry(top, GradescopeExport.FILE)));
        }
        Downloads downloads = new Downloads(gradescope, classroomPrefix(label));
        children.forEach((name, child) -> {
            if (isSkipped(name)) {
                return;
            }
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                downloads.addDirectory(name, () -> Bundle.of(new DirectoryTree(child)));
            } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS) && isSubmitted(name)) {
                downloads.addFile(
                        name,
                        () -> Bundle.of(
                                Archives.isArchive(name) ? Archives.open(child) : new DirectoryTree(directory, child)));
            }
        });
        found.addAll(downloads.submissions());
    }

    private static FileTree.Entry entry(FileTree tree, String path) throws IOException {
        return tree.entries().stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + path));
    }

    private void findInArchive(FileTree tree, String label) throws IOException {
        List<FileTree.Entry> entries = tree.entries().stream()
                .filter(entry -> !isSkipped(entry.path().split("/", 2)[0]))
                .toList();
        String prefix = commonDirectory(entries);
        Optional<FileTree.Entry> metadata = entries.stream()
                .filter(entry -> entry.path().equals(prefix + GradescopeExport.FILE))
                .findFirst();
        if (metadata.isEmpty() && isOneSubmission(entries, prefix)) {
            found.add(submission(label, () -> Bundle.below(tree, "")));
            return;
        }
        Optional<GradescopeExport> gradescope =
                metadata.isPresent() ? Optional.of(GradescopeExport.read(tree, metadata.get())) : Optional.empty();
        String folder = prefix.isEmpty() ? label : prefix.substring(0, prefix.length() - 1);
        Downloads downloads = new Downloads(gradescope, classroomPrefix(folder));
        Set<String> seen = new HashSet<>();
        for (FileTree.Entry entry : entries) {
            String[] parts = entry.path().substring(prefix.length()).split("/", 2);
            String name = parts[0];
            if (isSkipped(name) || !seen.add(name)) {
                continue;
            }
            if (parts.length > 1) {
                downloads.addDirectory(name, () -> Bundle.below(tree, prefix + name + "/"));
            } else if (entry.kind() == FileTree.Kind.FILE && isSubmitted(name)) {
                downloads.addFile(
                        name, () -> new Bundle(List.of(new Bundle.Item(tree, entry, name)), List.of(), List.of()));
            }
        }
        found.addAll(downloads.submissions());
    }

    /** The directory that everything is in, with a slash at its end; empty if there are several. */
    private static String commonDirectory(List<FileTree.Entry> entries) {
        Set<String> tops = new HashSet<>();
        for (FileTree.Entry entry : entries) {
            String[] parts = entry.path().split("/", 2);
            tops.add(parts.length > 1 ? parts[0] : "");
        }
        return tops.size() == 1 && !tops.contains("") ? tops.iterator().next() + "/" : "";
    }

    /** Whether the labs are at the top, or in the one directory that is there. */
    private boolean isOneSubmission(List<FileTree.Entry> entries, String prefix) {
        return entries.stream()
                .map(entry -> entry.path().substring(prefix.length()).split("/", 2)[0])
                .anyMatch(modules::contains);
    }

    private static boolean isSkipped(String name) {
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    private static boolean isSubmitted(String name) {
        return Archives.isArchive(name) || name.endsWith(".java");
    }

    /** {@code "lab-1-"} of a folder {@code "lab-1-submissions"}, which GitHub Classroom's tool makes. */
    private static String classroomPrefix(String folder) {
        return folder.endsWith(CLASSROOM) ? folder.substring(0, folder.length() - CLASSROOM.length()) + "-" : "";
    }

    private static Submission submission(String name, Submission.Origin origin) {
        return new Submission(name, List.of(name), Optional.empty(), false, origin);
    }

    /** The parts of one download as they are found; those of one student become one submission. */
    private static final class Downloads {
        private final Optional<GradescopeExport> gradescope;
        private final String classroomPrefix;
        private final SortedMap<String, List<Part>> byOwner = new TreeMap<>();

        Downloads(Optional<GradescopeExport> gradescope, String classroomPrefix) {
            this.gradescope = gradescope;
            this.classroomPrefix = classroomPrefix;
        }

        private record Part(DownloadName name, boolean isFile, Submission.Origin origin) {
            boolean isArchive() {
                return isFile && Archives.isArchive(name.file());
            }

            /** The file under the name that the student gave it, or what is in the directory. */
            Bundle bundle() throws IOException {
                Bundle bundle = origin.bundle();
                if (!isFile || isArchive()) {
                    return bundle;
                }
                Bundle.Item file = bundle.items().get(0);
                return new Bundle(
                        List.of(new Bundle.Item(file.tree(), file.entry(), name.file())),
                        bundle.notes(),
                        bundle.opened());
            }
        }

        void addDirectory(String name, Submission.Origin origin) {
            add(name, false, origin);
        }

        void addFile(String name, Submission.Origin origin) {
            add(name, true, origin);
        }

        private void add(String name, boolean isFile, Submission.Origin origin) {
            DownloadName parsed = DownloadName.of(name).orElseGet(() -> plain(name));
            byOwner.computeIfAbsent(parsed.owner(), owner -> new ArrayList<>()).add(new Part(parsed, isFile, origin));
        }

        private DownloadName plain(String name) {
            String base = Archives.withoutEnding(name);
            List<String> handles = new ArrayList<>();
            if (!classroomPrefix.isEmpty() && base.startsWith(classroomPrefix)) {
                handles.add(base.substring(classroomPrefix.length()));
            }
            handles.add(base);
            return new DownloadName(handles.get(0), handles, false, 0, name);
        }

        List<Submission> submissions() {
            List<Submission> submissions = new ArrayList<>();
            byOwner.forEach((owner, parts) -> submissions.add(submission(owner, parts)));
            return submissions;
        }

        private Submission submission(String owner, List<Part> parts) {
            DownloadName first = parts.get(0).name();
            GradescopeExport.Owner known = gradescope
                    .map(export -> export.students().get(owner))
                    .orElse(new GradescopeExport.Owner(List.of(), Optional.empty()));
            return new Submission(
                    owner,
                    known.handles().isEmpty() ? first.handles() : known.handles(),
                    known.submittedAt(),
                    parts.stream().anyMatch(part -> part.name().isMarkedLate()),
                    () -> bundle(parts));
        }

        /** The last archive that the student handed in, or else everything together. */
        private static Bundle bundle(List<Part> parts) throws IOException {
            List<Part> archives = parts.stream()
                    .filter(Part::isArchive)
                    .sorted(Comparator.comparingLong((Part part) -> part.name().attachment())
                            .thenComparing(part -> part.name().file()))
                    .toList();
            if (!archives.isEmpty()) {
                Part last = archives.get(archives.size() - 1);
                Bundle bundle = last.bundle();
                List<String> notes = new ArrayList<>(bundle.notes());
                if (parts.size() > 1) {
                    notes.add("handed in were " + parts.size() + " files; graded was "
                            + last.name().file());
                }
                return new Bundle(bundle.items(), notes, bundle.opened());
            }
            List<Bundle.Item> items = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            List<FileTree> opened = new ArrayList<>();
            for (Part part : parts) {
                Bundle bundle = part.bundle();
                items.addAll(bundle.items());
                notes.addAll(bundle.notes());
                opened.addAll(bundle.opened());
            }
            return new Bundle(items, notes, opened);
        }
    }

    /** Names that may be names of files, the same whenever the same is found. */
    private List<Submission> uniquelyNamed() {
        Map<String, Integer> taken = new HashMap<>();
        List<Submission> named = new ArrayList<>();
        for (Submission submission : found) {
            String plain = FileNames.of(submission.name());
            int copy = taken.merge(plain.toLowerCase(Locale.ROOT), 1, Integer::sum);
            named.add(submission.named(copy == 1 ? plain : plain + "-" + copy));
        }
        named.sort(Comparator.comparing(Submission::name));
        return List.copyOf(named);
    }

    @Override
    public void close() throws IOException {
        for (FileTree tree : open) {
            tree.close();
        }
    }
}
