package storagelab.grader.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to start a child JVM.
 *
 * @param profile its options
 * @param sandbox what confines it
 * @param classPath directories and jars, trusted ones first; directories must exist
 * @param directory its working and temporary directory; what it writes there may be gone when it ends
 * @param readable what it may read in addition to its class path
 */
public record WorkerSpec(
        JvmProfile profile, Sandbox sandbox, List<Path> classPath, Path directory, List<Path> readable) {
    public WorkerSpec {
        classPath = List.copyOf(classPath);
        readable = List.copyOf(readable);
    }

    /** A JVM that reads its class path and nothing else. */
    public WorkerSpec(JvmProfile profile, Sandbox sandbox, List<Path> classPath, Path directory) {
        this(profile, sandbox, classPath, directory, List.of());
    }

    /** Starts {@code main} in a JVM of its own, with an environment that carries nothing over from this one. */
    public ChildProcess start(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(profile.options());
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(main);
        command.addAll(arguments);
        List<Path> read = new ArrayList<>(classPath);
        read.addAll(readable);
        ProcessBuilder builder =
                new ProcessBuilder(sandbox.wrap(command, new Sandbox.Reach(read, directory), Limits.defaults()));
        builder.directory(directory.toFile());
        if (profile != JvmProfile.OWN_CODE) {
            Map<String, String> environment = builder.environment();
            // Windows starts no program without SystemRoot.
            environment.keySet().removeIf(name -> !name.equalsIgnoreCase("SystemRoot"));
            environment.put("HOME", directory.toString());
            environment.put("LANG", "C.UTF-8");
        }
        return new ChildProcess(builder.start());
    }
}
