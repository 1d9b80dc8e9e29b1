// tries: writes a program into its scratch directory and runs it
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            Path program = Path.of("program").toAbsolutePath();
            Files.copy(Path.of(System.getProperty("java.home"), "bin", "java"), program, StandardCopyOption.REPLACE_EXISTING);
            program.toFile().setExecutable(true);
            new ProcessBuilder(program.toString(), "-version").start();
            throw new IllegalStateException("REACHED execution");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
