package storagelab.grader.gradebook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import storagelab.grader.batch.Graded;

/** Who wrote alike. */
class SimilarWorkTest {
    /** The hashes from {@code from} up to {@code to}, and those that all have. */
    private static Graded work(String name, long from, long to) {
        List<Long> print = new ArrayList<>(LongStream.range(from, to).boxed().toList());
        LongStream.range(1_000_000, 1_000_200).forEach(print::add);
        return SampleGraded.of(name, List.of(name), null, 1, print);
    }

    @Test
    void copiesAreFoundAndWhatAllHaveIsNoCopy() {
        List<Graded> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(work("s" + i, 1_000L * i, 1_000L * i + 100));
        }
        assertThat(SimilarWork.among(all), is(empty()));
        all.add(work("copy", 3_000, 3_080));
        assertThat(SimilarWork.among(all), contains(new SimilarPair("s3", "copy", 100, 320)));
    }

    @Test
    void halfIsEnoughAndLessIsNot() {
        List<Graded> all = List.of(
                work("a", 0, 100),
                work("b", 50, 150),
                work("c", 200, 300),
                work("d", 251, 351),
                work("e", 500, 600),
                work("f", 700, 719),
                work("g", 700, 719));
        assertThat("f and g are too short", SimilarWork.among(all), contains(new SimilarPair("a", "b", 50, 200)));
    }

    @Test
    void nothingIsLikeNothing() {
        assertThat(SimilarWork.among(List.of()), is(empty()));
        assertThat(SimilarWork.among(List.of(SampleGraded.of("a", 1), SampleGraded.of("b", 1))), is(empty()));
    }
}
