package storagelab.grader.kv;

import java.util.List;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the names of commands. */
final class KvCompleter implements Completer {
    private static final List<String> OF_THE_SESSION = List.of("\\timing", "\\?", "\\q");

    KvCompleter(KvSession session) {}

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() > 0) {
            return;
        }
        TreeSet<String> names = new TreeSet<>(KvCommands.all().keySet());
        names.addAll(OF_THE_SESSION);
        names.stream()
                .filter(name -> name.startsWith(line.word()))
                .map(Candidate::new)
                .forEach(candidates::add);
    }
}
