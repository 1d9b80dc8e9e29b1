// tries: reads passwords and tokens from the environment variables
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.util.Set;
import java.util.TreeSet;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        Set<String> names = new TreeSet<>(System.getenv().keySet());
        names.removeAll(Set.of("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"));
        String home = System.getenv().getOrDefault("HOME", "");
        throw new IllegalStateException(names.isEmpty() && !home.startsWith("/home") && !home.startsWith("/root")
                ? "kept out"
                : "REACHED " + names + home);
    }
}
