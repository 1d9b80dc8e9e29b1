package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.disk.CrashDisk;

class FileNamesTest {
    private final Path directory = CrashDisk.create().root();

    @Test
    @DisplayName("a number is read back from the name it was put into, however long it is")
    void roundTrip() {
        for (long number : new long[] {1, 999_999, 1_000_000, 1_000_000_000_000L}) {
            assertThat(
                    "log " + number, FileNames.number(FileNames.log(directory, number)), is(OptionalLong.of(number)));
            assertThat(
                    "table " + number,
                    FileNames.number(FileNames.table(directory, number)),
                    is(OptionalLong.of(number)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR-u-nu-arabext", "ar-EG-u-nu-arab", "tr-TR", "en-US"})
    @DisplayName(
            "files have the same names in a country with other digits, or its stores could not be opened elsewhere")
    void anyLocale(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(
                    "log 8 where the language is " + language,
                    FileNames.log(directory, 8).toString(),
                    is("/000008.log"));
            assertThat(
                    "table 9 where the language is " + language,
                    FileNames.table(directory, 9).toString(),
                    is("/000009.table"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
