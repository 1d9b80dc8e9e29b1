package storagelab.grader.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.course.Difficulty;
import storagelab.grader.course.ExerciseSpec;

@DisplayName("The promises of a statement")
class StatementsTest {
    @TempDir
    private Path home;

    @Test
    @DisplayName("are what a method is for, list items, costs, tags, and sentences with a word of promise")
    void ofMethod() throws IOException {
        assertEquals(
                List.of(
                        "Box.half(int) | Half of `n`.",
                        "Box.half(int) | Must be right for `0. And 1`.",
                        "Box.half(int) | zero;",
                        "Box.half(int) | Give 0 & return.",
                        "Box.half(int) | Cost: one shift.",
                        "Box.half(int) | Two shifts are too slow.",
                        "Box.half(int) | @param n at least 0",
                        "Box.half(int) | @return the half",
                        "Box.half(int) | @throws IllegalArgumentException if n is less than 0.",
                        "Box.half(int) | It has n in the message."),
                promises("""
                        public final class Box {
                            /** Not a part of the exercise: never read. */
                            public Box() {}

                            /**
                             * Half of {@code n}. Halves are nice. Must be right for {@code 0. And 1}.
                             *
                             * <ul>
                             *   <li>zero;
                             *   <li><em>Negative.</em> Give 0 &amp; return. Good luck.
                             * </ul>
                             *
                             * <pre>{@code never 3}</pre>
                             *
                             * <p>Example: {@code half(2)} is 1. It is never 3.
                             *
                             * <ul>
                             *   <li>{@code half(4)} is 2.
                             * </ul>
                             *
                             * <p>Cost: one shift. Two shifts are too slow.
                             *
                             * @param n at least 0
                             * @return the half
                             * @throws java.lang.IllegalArgumentException if n is less than 0. It has n in the message.
                             */
                            @Exercise(id = "1.1")
                            public int half(int n) {
                                return n / 2;
                            }
                        }
                        """));
    }

    @Test
    @DisplayName("of a type are those of the type and of its public members, but for what is given")
    void ofType() throws IOException {
        assertEquals(List.of("Box | Never empty.", "Box.Lid | Closes once.", "Box() | A full box."), promises("""
                        /** A box. Never empty. */
                        @Exercise(id = "1.1")
                        public final class Box {
                            /** A lid. Closes once. */
                            public record Lid() {}

                            /** A full box. */
                            public Box() {}

                            /** Empties the box. */
                            @Given
                            public void empty() {}

                            /** Fills the box. */
                            private void fill() {}
                        }
                        """));
    }

    @Test
    @DisplayName("of a method that overrides another are those of the other, where the Javadoc says so or says nothing")
    void inherited() throws IOException {
        write("Container.java", """
                public interface Container extends Sized {
                    /**
                     * Puts a thing in.
                     *
                     * @throws IllegalStateException if it is full
                     */
                    void put(String thing);

                    /** Takes the thing out. */
                    String take();
                }
                """);
        write("Sized.java", """
                public interface Sized {
                    /** How many things there are. */
                    int size();
                }
                """);

        assertEquals(
                List.of(
                        "Box.put(String) | Puts a thing in.",
                        "Box.put(String) | Only one.",
                        "Box.put(String) | @throws IllegalStateException if it is full",
                        "Box.take() | Takes it gently.",
                        "Box.size() | How many things there are."),
                promises("""
                        @Exercise(id = "1.1")
                        public final class Box implements Container {
                            /** {@inheritDoc} Only one. */
                            @Override
                            public void put(String thing) {}

                            /** Takes it gently. */
                            @Override
                            public String take() {
                                return "";
                            }

                            @Override
                            public int size() {
                                return 0;
                            }
                        }
                        """));
    }

    private List<String> promises(String box) throws IOException {
        write("Box.java", box);
        ExerciseSpec exercise = new ExerciseSpec(
                "1.1", "Box", 1, Difficulty.EASY, 1, List.of(), List.of("src/storagelab/box/Box.java"));
        return Statements.of(home, List.of(home.resolve("src")), List.of(exercise)).stream()
                .map(promise -> promise.place() + " | " + promise.sentence())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path directory = Files.createDirectories(home.resolve("src/storagelab/box"));
        Files.writeString(directory.resolve(name), "package storagelab.box;\n\n" + text);
    }
}
