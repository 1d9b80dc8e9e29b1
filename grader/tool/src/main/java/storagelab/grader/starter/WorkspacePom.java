package storagelab.grader.starter;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parent pom of a workspace, made from that of the checkout: the same coordinates, dependencies and versions, without
 * the formatting and static analysis, and without the labs that are not yet published. The poms of the labs fit under
 * both.
 */
final class WorkspacePom {
    private static final Pattern PLUGIN =
            Pattern.compile("<plugin>\\s*<groupId>org\\.apache\\.maven\\.plugins</groupId>\\s*"
                    + "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");
    private static final List<String> ALWAYS = List.of("maven.compiler.release", "project.build.sourceEncoding");

    private final String parent;

    private WorkspacePom(String parent) {
        this.parent = parent;
    }

    /** The pom of a workspace with these {@code modules}; {@code parent} is the text of the checkout's own. */
    static String of(String parent, List<String> modules) {
        return new WorkspacePom(parent).text(modules);
    }

    private String text(List<String> modules) {
        String dependencies = section("dependencyManagement") + "\n" + section("dependencies");
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0"
                         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                         xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
                  <modelVersion>4.0.0</modelVersion>

                  <groupId>storagelab</groupId>
                  <artifactId>storage-lab</artifactId>
                  <version>%s</version>
                  <packaging>pom</packaging>
                  <name>Storage Lab: my workspace</name>

                  <modules>
                %s
                  </modules>

                  <properties>
                %s
                  </properties>

                %s
                  <build>
                    <pluginManagement>
                      <plugins>
                %s
                      </plugins>
                    </pluginManagement>
                  </build>
                </project>
                """.formatted(
                        first("<version>([^<]+)</version>"),
                        modules.stream()
                                .map(module -> "    <module>" + module + "</module>")
                                .collect(Collectors.joining("\n")),
                        properties(dependencies),
                        dependencies,
                        plugins());
    }

    private String properties(String users) {
        SortedMap<String, String> used = new TreeMap<>();
        ALWAYS.forEach(name -> used.put(name, property(name)));
        Matcher references = REFERENCE.matcher(users);
        while (references.find()) {
            used.put(references.group(1), property(references.group(1)));
        }
        return used.entrySet().stream()
                .map(entry -> "    <%s>%s</%s>".formatted(entry.getKey(), entry.getValue(), entry.getKey()))
                .collect(Collectors.joining("\n"));
    }

    private String plugins() {
        Matcher plugins = PLUGIN.matcher(parent);
        StringBuilder text = new StringBuilder();
        while (plugins.find()) {
            if (plugins.group(1).equals("maven-enforcer-plugin")) {
                continue;
            }
            text.append(text.isEmpty() ? "" : "\n")
                    .append("""
                                    <plugin>
                                      <groupId>org.apache.maven.plugins</groupId>
                                      <artifactId>%s</artifactId>
                                      <version>%s</version>
                                    </plugin>""".indent(8).stripTrailing().formatted(plugins.group(1), plugins.group(2)));
        }
        return text.toString();
    }

    private String property(String name) {
        return first("<" + Pattern.quote(name) + ">([^<]+)</");
    }

    /** A section that stands directly in {@code <project>}, with its tags, as it is written. */
    private String section(String name) {
        return first("(?ms)(^  <" + name + ">$.*?^  </" + name + ">\\R)");
    }

    private String first(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(parent);
        if (!matcher.find()) {
            throw new IllegalStateException("the parent pom has nothing like " + pattern);
        }
        return matcher.group(1);
    }
}
