package storagelab.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same random calls on a simulated and on a real directory return the same, fail with the same, and leave the same. */
@EnabledOnOs(OS.LINUX)
class SameAsTheRealFileSystemTest {
    private static final int CALLS = 2000;
    private static final List<String> PATHS =
            List.of("a", "b", "c", "d", "d/a", "d/e", "d/e/b", "a/x", "d/../b", "./c");

    @TempDir
    Path realDirectory;

    static Stream<Long> seeds() {
        Long seed = Long.getLong("seed");
        return seed != null ? Stream.of(seed) : Stream.of(1L, 2L, 3L);
    }

    /** A call that can be made on either of the two file systems. */
    interface Call {
        Object on(Path root, OpenChannels channels) throws IOException;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameCallsGiveTheSameResultsAndTheSameFiles(long seed) throws IOException {
        Random random = new Random(seed);
        Path simulated = Files.createDirectory(CrashDisk.create().root().resolve("test"));
        List<String> trace = new ArrayList<>();
        try (OpenChannels real = new OpenChannels();
                OpenChannels ours = new OpenChannels()) {
            for (int i = 0; i < CALLS; i++) {
                NamedCall call =
                        random.nextInt(3) == 0 ? nextFilesCall(random) : RandomChannelCalls.next(random, PATHS);
                trace.add(call.name());
                String expected = outcome(call.call(), realDirectory, real);
                String actual = outcome(call.call(), simulated, ours);
                String where = "seed " + seed + ", call " + i + " of "
                        + trace.subList(Math.max(0, trace.size() - 40), trace.size());
                assertEquals(expected, actual, where);
                if (i % 4 == 0) {
                    assertEquals(tree(realDirectory), tree(simulated), where);
                }
            }
        }
    }

    record NamedCall(String name, Call call) {}

    private static String outcome(Call call, Path root, OpenChannels channels) {
        try {
            return String.valueOf(call.on(root, channels));
        } catch (FileSystemException e) {
            boolean isFileInTheWay = "Not a directory".equals(e.getReason()); // newer JDKs see no file there, in a copy
            return isFileInTheWay
                    ? NoSuchFileException.class.getName() + " null"
                    : e.getClass().getName() + " " + e.getReason();
        } catch (IOException | RuntimeException e) {
            return e.getClass().getName();
        }
    }

    /** Every name below a directory, with the content of each file. */
    private static String tree(Path root) throws IOException {
        StringBuilder tree = new StringBuilder();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
                tree.append(root.relativize(path));
                if (Files.isRegularFile(path)) {
                    byte[] bytes = Files.readAllBytes(path);
                    tree.append('=').append(bytes.length).append(':').append(Arrays.hashCode(bytes));
                }
                tree.append('\n');
            }
        }
        return tree.toString();
    }

    private static NamedCall nextFilesCall(Random random) {
        String first = PATHS.get(random.nextInt(PATHS.size()));
        String second = PATHS.get(random.nextInt(PATHS.size()));
        String text = "x".repeat(random.nextInt(9000)) + "\n";
        CopyOption[] copying = random.nextBoolean()
                ? new CopyOption[0]
                : new CopyOption[] {
                    random.nextBoolean() ? StandardCopyOption.REPLACE_EXISTING : StandardCopyOption.ATOMIC_MOVE
                };
        OpenOption[] writing = randomWriteOptions(random);
        return switch (random.nextInt(18)) {
            case 0 -> named("createFile " + first, root -> name(root, Files.createFile(root.resolve(first))));
            case 1 -> named("createDirectory " + first, root -> name(root, Files.createDirectory(root.resolve(first))));
            case 2 ->
                named("createDirectories " + first, root -> name(root, Files.createDirectories(root.resolve(first))));
            case 3 ->
                named("delete " + first, root -> {
                    Files.delete(root.resolve(first));
                    return "";
                });
            case 4 -> named("deleteIfExists " + first, root -> Files.deleteIfExists(root.resolve(first)));
            case 5, 6 ->
                named(
                        "move " + first + " " + second + Arrays.toString(copying),
                        root -> name(root, Files.move(root.resolve(first), root.resolve(second), copying)));
            case 7 ->
                named(
                        "copy " + first + " " + second + Arrays.toString(copying),
                        root -> name(root, Files.copy(root.resolve(first), root.resolve(second), copying)));
            case 8, 9 ->
                named(
                        "writeString " + first + Arrays.toString(writing),
                        root -> name(root, Files.writeString(root.resolve(first), text, writing)));
            case 10 ->
                named(
                        "readString " + first,
                        root -> Files.readString(root.resolve(first)).hashCode());
            case 11 -> named("attributes " + first, root -> attributes(root.resolve(first)));
            case 12 -> named("list " + first, root -> list(root, root.resolve(first), "*"));
            case 13 -> named("list " + first, root -> list(root, root.resolve(first), "{a,[d-e]}"));
            case 14 -> named("mismatch " + first, root -> Files.mismatch(root.resolve(first), root.resolve(second)));
            case 15 -> named("same " + first, root -> Files.isSameFile(root.resolve(first), root.resolve(second)));
            case 16 ->
                named("bufferedWriter " + first, root -> {
                    try (var writer = Files.newBufferedWriter(root.resolve(first), UTF_8)) {
                        writer.append(text).append("line\n");
                    }
                    return Files.readAllLines(root.resolve(first)).size();
                });
            default ->
                named("tempFile " + first, root -> {
                    Path file = Files.createTempFile(root.resolve(first), "pre", ".tmp");
                    Files.delete(file);
                    return root.relativize(file.getParent());
                });
        };
    }

    private static OpenOption[] randomWriteOptions(Random random) {
        List<OpenOption> all = List.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.APPEND,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SYNC);
        return all.stream().filter(option -> random.nextInt(3) == 0).toArray(OpenOption[]::new);
    }

    private interface RootCall {
        Object on(Path root) throws IOException;
    }

    private static NamedCall named(String name, RootCall call) {
        return new NamedCall(name, (root, channels) -> call.on(root));
    }

    private static Path name(Path root, Path result) {
        return root.relativize(result);
    }

    private static String attributes(Path path) throws IOException {
        boolean isDirectory = Files.isDirectory(path);
        return isDirectory + " " + Files.isRegularFile(path) + " " + Files.exists(path) + " "
                + (isDirectory ? "" : Files.size(path));
    }

    private static String list(Path root, Path directory, String glob) throws IOException {
        try (var stream = Files.newDirectoryStream(directory, glob)) {
            List<String> names = new ArrayList<>();
            stream.forEach(path -> names.add(root.relativize(path).toString()));
            return names.stream().sorted().collect(Collectors.joining(" "));
        }
    }
}
