package storagelab.grader.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.grader.course.Edition;

/** Starts the process in which experiments run: a JVM of its own, with the compiler that the tool itself does without. */
public final class DemoProcess {
    private final List<Path> classPath;
    private final Path directory;
    private final boolean interactive;
    private final Edition edition;

    /**
     * @param classPath the code to measure, then the tool
     * @param directory the current directory of the process
     * @param interactive whether there is somebody at the terminal to ask
     * @param edition what a student can do about an exercise that an experiment misses
     */
    public DemoProcess(List<Path> classPath, Path directory, boolean interactive, Edition edition) {
        this.classPath = List.copyOf(classPath);
        this.directory = directory;
        this.interactive = interactive;
        this.edition = edition;
    }

    /**
     * Runs experiments until they are done. Where somebody is at the terminal, the process has it; otherwise what it
     * prints goes to {@code out}.
     *
     * @return the exit code of {@link DemoMain}
     */
    public int run(List<String> arguments, PrintWriter out) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(directory.toFile());
        if (interactive) {
            out.flush();
            return await(builder.inheritIO().start());
        }
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                out.flush();
            }
        }
        return await(process);
    }

    private static int await(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-D" + DemoMain.INTERACTIVE_PROPERTY + "=" + interactive);
        command.add("-D" + DemoMain.EDITION_PROPERTY + "=" + edition);
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        command.add(DemoMain.class.getName());
        command.addAll(arguments);
        return command;
    }
}
