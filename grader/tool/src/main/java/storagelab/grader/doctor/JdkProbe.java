package storagelab.grader.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.grader.doctor.Facts.Jdk;

/** Finds JDKs where systems, tools and IDEs install them. */
final class JdkProbe {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([^\"]+)\"");

    private JdkProbe() {}

    /** The JDKs besides {@code used}, the oldest first. */
    static List<Jdk> others(Path used) {
        Path user = Path.of(System.getProperty("user.home", "/"));
        List<Path> places = new ArrayList<>(List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/usr/java"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                Path.of("C:/Program Files/Java"),
                Path.of("C:/Program Files/Eclipse Adoptium"),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks")));
        Path siblings = used.getParent();
        if (siblings != null) {
            places.add(siblings);
        }
        return others(used, places);
    }

    /** The same in the directories {@code places}. */
    static List<Jdk> others(Path used, List<Path> places) {
        SortedMap<Path, Jdk> found = new TreeMap<>();
        for (Path place : places) {
            for (Path candidate : list(place)) {
                jdk(candidate)
                        .or(() -> jdk(candidate.resolve("Contents/Home")))
                        .ifPresent(jdk -> found.put(jdk.home(), jdk));
            }
        }
        found.remove(used);
        return found.values().stream()
                .sorted(Comparator.comparing((Jdk jdk) -> feature(jdk)).thenComparing(Jdk::home))
                .toList();
    }

    private static int feature(Jdk jdk) {
        return Integer.parseInt("0" + jdk.version().replaceFirst("\\D.*", ""));
    }

    private static List<Path> list(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.toList();
        } catch (IOException notReadable) {
            return List.of();
        }
    }

    /** A JDK describes itself in the file {@code release}. */
    private static Optional<Jdk> jdk(Path home) {
        boolean hasCompiler = Files.exists(home.resolve("bin/javac")) || Files.exists(home.resolve("bin/javac.exe"));
        Path release = home.resolve("release");
        if (!hasCompiler || !Files.isRegularFile(release)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release, StandardCharsets.ISO_8859_1));
            return version.find() ? Optional.of(new Jdk(version.group(1), home.toRealPath(), true)) : Optional.empty();
        } catch (IOException notReadable) {
            return Optional.empty();
        }
    }
}
