package storagelab.grader.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import storagelab.grader.run.Limits;
import storagelab.grader.run.Sandbox;

/**
 * A sandbox that remembers the directories of the gradings in it, so that afterwards one can look for what they left behind.
 *
 * <p>Concurrency: a grading and the look after it are on one thread; several threads may do this at the same time.
 */
final class Remains implements Sandbox {
    private final Sandbox inner;
    private final long patienceMillis;
    private final ThreadLocal<Set<Path>> stages = ThreadLocal.withInitial(ConcurrentHashMap::newKeySet);

    /**
     * @param patienceMillis how long a process that was killed may take to be gone
     */
    Remains(Sandbox inner, long patienceMillis) {
        this.inner = inner;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public boolean confines() {
        return inner.confines();
    }

    @Override
    public List<String> wrap(List<String> command, Reach reach, Limits limits) {
        return inner.wrap(command, reach, limits);
    }

    @Override
    public void shareReadOnly(Path directory) throws IOException {
        stages.get().add(directory);
        inner.shareReadOnly(directory);
    }

    /** What the gradings on this thread since the last call left behind, as sentences. */
    List<String> look() throws IOException, InterruptedException {
        Set<Path> mine = stages.get();
        List<String> left = new ArrayList<>();
        for (Path stage : mine) {
            if (Files.exists(stage, LinkOption.NOFOLLOW_LINKS)) {
                left.add("files were left behind in " + stage);
            }
        }
        List<String> names = mine.stream().map(Path::toString).toList();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String command = commandOf(process);
            if (names.stream().anyMatch(command::contains) && !endsSoon(process)) {
                left.add("a process was left behind");
            }
        }
        mine.clear();
        return left;
    }

    /** The whole command line: what the JDK knows of a process is cut off. */
    private static String commandOf(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** A process that was killed needs a moment to go. */
    private boolean endsSoon(ProcessHandle process) throws InterruptedException {
        try {
            var unused = process.onExit().get(patienceMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException alive) {
            return false;
        } catch (ExecutionException unknown) {
            return !process.isAlive();
        }
    }
}
