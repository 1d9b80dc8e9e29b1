package storagelab.grader.cli;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.grader.LabException;

/**
 * Files that run {@code lab grade-all} on many machines: as a job array of Slurm, or as an indexed job of Kubernetes. The scheduler
 * gives each job its index, the index is the shard, and the shards are merged.
 */
final class ClusterJobs {
    private static final Map<String, List<String>> FILES = new TreeMap<>(Map.of(
            "slurm", List.of("grade-all.sbatch", "merge.sbatch"), "kubernetes", List.of("grade-all.yaml", "merge.sh")));

    private ClusterJobs() {}

    /**
     * What the files of a scheduler say.
     *
     * @param shards how many jobs
     * @param image of containers
     * @param words the command {@code ./lab grade-all} with its arguments, as a shell wants them
     * @param merging what {@code ./lab gradebook merge} takes besides the shards
     * @param seed that all jobs have
     */
    record Plan(int shards, String image, List<String> words, List<String> merging, long seed) {
        /**
         * Writes the files.
         *
         * @param base what {@code directory} is relative to here; the files name it without {@code base}
         */
        List<Path> write(String scheduler, Path base, Path directory) throws IOException {
            List<String> names = FILES.get(scheduler);
            if (names == null) {
                throw LabException.usage(
                        "There is no template for '" + scheduler + "'.",
                        "There are: " + String.join(", ", FILES.keySet()) + ".");
            }
            Files.createDirectories(base.resolve(directory));
            List<Path> written = new ArrayList<>();
            for (String name : names) {
                String template = Resources.toString(
                        Resources.getResource(ClusterJobs.class, scheduler + "/" + name), StandardCharsets.UTF_8);
                Path file = base.resolve(directory).resolve(name);
                Files.writeString(file, filled(template, directory));
                written.add(file);
            }
            return written;
        }

        private String filled(String template, Path directory) {
            String arguments = String.join(" ", words.subList(2, words.size())) + " --seed " + seed;
            return template.replace("@ARGUMENTS@", arguments)
                    .replace("@MERGING@", merging.isEmpty() ? "" : " " + String.join(" ", merging))
                    .replace("@LAST@", Integer.toString(shards - 1))
                    .replace("@SHARDS@", Integer.toString(shards))
                    .replace("@IMAGE@", image)
                    .replace("@OUT@", GradeCommand.quoted(directory.toString()));
        }
    }
}
