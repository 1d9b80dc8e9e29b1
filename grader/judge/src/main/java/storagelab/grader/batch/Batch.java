package storagelab.grader.batch;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import storagelab.grader.LabException;
import storagelab.grader.collect.Submission;
import storagelab.grader.collect.Unpacked;
import storagelab.grader.grade.GradeContext;
import storagelab.grader.grade.GradePipeline;
import storagelab.grader.model.GradeResult;

/**
 * Grades submissions, several at a time. Each result is kept as soon as it is there, so that a run that was interrupted anywhere can
 * be gone on with. Whatever one submission does, the others are graded as if it were not there.
 */
public final class Batch {
    private final GradeContext context;
    private final GradePipeline pipeline;
    private final ResultStore store;
    private final Settings settings;

    /**
     * @param context what the pipeline grades with
     * @param store where results are kept
     */
    public Batch(GradeContext context, GradePipeline pipeline, ResultStore store, Settings settings) {
        this.context = context;
        this.pipeline = pipeline;
        this.store = store;
        this.settings = settings;
    }

    /**
     * What results depend on besides the submission.
     *
     * @param description of seed, exercises and benchmarks; results with different ones are never taken for each other
     * @param courseHash of course and tool
     * @param regrade what is graded again
     * @param command what reproduces the result of a submission, by its name
     */
    public record Settings(String description, String courseHash, Regrade regrade, Function<String, String> command) {
        /** The settings of a course that is graded by this JVM. */
        public static Settings of(
                GradeContext context, String description, Regrade regrade, Function<String, String> command)
                throws IOException {
            return new Settings(description, CourseHash.of(context.home(), context.course()), regrade, command);
        }

        private String key(String content) {
            String all = content + "\n" + courseHash + "\n" + Runtime.version() + "\n" + description;
            return Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString();
        }
    }

    /** Told about each submission when it is done, in the thread that waits for all. */
    public interface Listener {
        /**
         * @param graded the submission and its result
         * @param isNew whether it was graded now, and not before
         */
        void done(Graded graded, boolean isNew);
    }

    private record Outcome(Graded graded, boolean isNew) {}

    /**
     * Grades all that have no result yet.
     *
     * @param jobs how many at a time
     * @return one for each submission, in the same order
     * @throws LabException if a result cannot be kept
     */
    public List<Graded> run(List<Submission> submissions, int jobs, Listener listener) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            CompletionService<Outcome> ends = new ExecutorCompletionService<>(threads);
            submissions.forEach(submission -> ends.submit(() -> grade(submission)));
            for (int done = 0; done < submissions.size(); done++) {
                Outcome outcome = ends.take().get();
                listener.done(outcome.graded(), outcome.isNew());
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof LabException notKept) {
                throw notKept;
            }
            throw new IllegalStateException("a submission could not be processed", failure.getCause());
        } finally {
            threads.shutdownNow();
        }
        List<Graded> all = new ArrayList<>();
        for (Submission submission : submissions) {
            all.add(store.named(submission.name()).orElseThrow());
        }
        return all;
    }

    private Outcome grade(Submission submission) throws InterruptedException {
        String command = settings.command().apply(submission.name());
        Outcome outcome;
        try (Unpacked unpacked = submission.unpack(context.course())) {
            outcome = grade(submission, unpacked, command);
        } catch (IOException | RuntimeException | OutOfMemoryError notUnpacked) {
            String reason = notUnpacked.getMessage() == null ? notUnpacked.toString() : notUnpacked.getMessage();
            GradeResult result = pipeline.notGraded(submission.name(), command, reason);
            outcome = new Outcome(graded(submission, "", "", result, List.of()), true);
        }
        keep(outcome);
        return outcome;
    }

    private Outcome grade(Submission submission, Unpacked unpacked, String command)
            throws IOException, InterruptedException {
        String content = unpacked.hash();
        String key = settings.key(content);
        Optional<Graded> known = settings.regrade().kept(store, submission.name(), content, key);
        if (known.isPresent()) {
            return new Outcome(known.get().of(submission, command), false);
        }
        GradeResult result = pipeline.grade(unpacked.root(), submission.name(), unpacked.notes(), command);
        return new Outcome(graded(submission, content, key, result, fingerprint(unpacked)), true);
    }

    private List<Long> fingerprint(Unpacked unpacked) {
        try {
            return Fingerprint.of(pipeline.ownSources(unpacked.root()));
        } catch (IOException unreadable) {
            return List.of(); // its result says so
        }
    }

    private Graded graded(
            Submission submission, String content, String key, GradeResult result, List<Long> fingerprint) {
        return new Graded(
                submission.name(),
                submission.handles(),
                submission.submittedAt().map(Instant::toString).orElse(null),
                submission.isMarkedLate(),
                content,
                key,
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                result,
                fingerprint);
    }

    /** A result that cannot be kept is no fault of the submission: it ends the batch. */
    private void keep(Outcome outcome) {
        Graded graded = outcome.graded();
        if (!outcome.isNew() && store.named(graded.name()).equals(Optional.of(graded))) {
            return;
        }
        try {
            store.put(graded);
        } catch (IOException notWritten) {
            throw new LabException(
                    "The result of " + graded.name() + " could not be written: " + notWritten.getMessage() + ".",
                    "Free some space, and go on with the same command and --resume.");
        }
    }
}
