package storagelab.grader.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the system's {@code ldd} which shared libraries programs need. */
final class SharedLibraries {
    /** {@code libz.so.1 => /lib/libz.so.1 (0x7f…)}, or the loader itself: {@code /lib64/ld-linux-x86-64.so.2 (0x7f…)}. */
    private static final Pattern LINE = Pattern.compile("(?:.* => |\\s*)(/.*) \\(0x[0-9a-f]+\\)");

    private final Path ldd;

    SharedLibraries(Path ldd) {
        this.ldd = ldd;
    }

    /** The libraries that {@code binaries} need, directly or not, and their loader, by the paths that it looks for. */
    Set<Path> neededBy(List<Path> binaries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ldd.toString()));
        binaries.forEach(binary -> command.add(binary.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LD_"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return parse(output);
    }

    /** The libraries in what {@code ldd} said. */
    static Set<Path> parse(String output) {
        Set<Path> libraries = new LinkedHashSet<>();
        for (String line : output.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                libraries.add(Path.of(matcher.group(1)).normalize());
            }
        }
        return libraries;
    }
}
