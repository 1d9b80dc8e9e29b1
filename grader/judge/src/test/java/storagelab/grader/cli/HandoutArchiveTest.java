package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The one file that an instructor publishes. */
@DisabledOnOs(OS.WINDOWS)
class HandoutArchiveTest {
    @TempDir
    Path temporary;

    @Test
    void holdsTheHandoutWithoutItsRepositoryAndKeepsWhatCanBeRun() throws IOException {
        Path handout = Files.createDirectories(temporary.resolve("labs"));
        Files.writeString(handout.resolve("lab"), "#!/bin/sh\n");
        assertThat(handout.resolve("lab").toFile().setExecutable(true), is(true));
        Files.writeString(Files.createDirectories(handout.resolve(".lab/lib")).resolve("tool.jar"), "jar");
        Files.writeString(Files.createDirectories(handout.resolve(".git")).resolve("HEAD"), "ref");

        Path archive = HandoutArchive.of(handout);
        Path again = HandoutArchive.of(handout);

        assertThat(again, is(archive));
        assertThat(archive, is(temporary.resolve("labs.zip")));
        Map<String, String> options = Map.of("enablePosixFileAttributes", "true");
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), options);
                Stream<Path> walk = Files.walk(zip.getPath("/"))) {
            List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
            assertThat(files.stream().map(Path::toString).toList(), contains("/labs/.lab/lib/tool.jar", "/labs/lab"));
            assertThat(isExecutable(files.get(0)), is(false));
            assertThat(isExecutable(files.get(1)), is(true));
        }
    }

    private static boolean isExecutable(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_EXECUTE);
    }
}
