package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.grader.splice.SpliceException;

@DisplayName("An edit of the zoo")
class ZooEditTest {
    private static final String SOURCE = """
            int sum(int[] numbers) {
                int sum = 0;
                for (int number : numbers) {
                    sum += number;
                }

                return sum;
            }
            """;

    private static String applied(String hunks) {
        return ZooEdit.parse("// because: an example\n" + hunks).applyTo(SOURCE);
    }

    @Test
    @DisplayName("replaces the old lines of each hunk, and leaves all others as they are")
    void replaces() {
        assertThat(
                applied("""
                @@
                -    int sum = 0;
                +    int sum = 1;
                @@
                     }

                -    return sum;
                +    sum++;
                +    return sum;
                """), is(SOURCE.replace("sum = 0", "sum = 1").replace("    return", "    sum++;\n    return")));
    }

    @Test
    @DisplayName("that only adds lines says by its context where")
    void adds() {
        assertThat(
                applied("@@\n         sum += number;\n+        sum++;\n"),
                is(SOURCE.replace("sum += number;", "sum += number;\n        sum++;")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@@\n-    int total = 0;\n", "@@\n-    int sum = 0;\n-    }\n"})
    @DisplayName("whose old lines are not in the text is refused, with these lines")
    void stale(String hunks) {
        SpliceException refused = assertThrows(SpliceException.class, () -> applied(hunks));
        assertThat(refused.getMessage(), containsString("not in the text: int "));
    }

    @Test
    @DisplayName("whose old lines are in the text twice is refused, with both places")
    void ambiguous() {
        ZooEdit edit = ZooEdit.parse("@@\n-    x++;\n+    x--;\n");
        SpliceException refused = assertThrows(SpliceException.class, () -> edit.applyTo("    x++;\n\n    x++;\n"));
        assertThat(refused.getMessage(), containsString("in lines 1 and 3: x++;"));
    }

    @Test
    @DisplayName("whose hunks are not in the order of the text is refused")
    void disorder() {
        String hunks = "@@\n-    return sum;\n+    return 0;\n@@\n-    int sum = 0;\n+    int sum = 1;\n";
        assertThat(assertThrows(SpliceException.class, () -> applied(hunks)).getMessage(), containsString("order"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@@\n", "@@\n     int sum = 0;\n", "@@\n+    int x;\n", "@@\nint sum = 0;\n"})
    @DisplayName("that changes nothing, names no line or has a line of another kind is refused when it is read")
    void misshapen(String hunks) {
        assertThrows(IllegalArgumentException.class, () -> ZooEdit.parse(hunks));
    }

    @Test
    @DisplayName("is told from Java by its first line after the head")
    void isEdit() {
        assertThat(ZooEdit.isEdit("// because: x\n\n@@\n-a\n"), is(true));
        assertThat(ZooEdit.isEdit("// because: x\nclass A {}\n"), is(false));
    }
}
