package storagelab.btree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.Slice;

/**
 * All places of the world with a thousand inhabitants or more, 135,233 of them, from the gazetteer of GeoNames: {@code
 * country/admin/id} → {@code name TAB population TAB latitude TAB longitude}.
 */
final class Cities {
    private static final String FILE = "/storagelab/testkit/tree/cities.tsv.gz";

    private Cities() {}

    /** Every place, in the order of the keys. */
    static List<Entry> sorted() {
        try (BufferedReader lines = open()) {
            return lines.lines()
                    .skip(1) // the names of the columns
                    .map(Cities::entry)
                    .sorted(Comparator.comparing(Entry::key))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open() throws IOException {
        @Nullable InputStream resource = Cities.class.getResourceAsStream(FILE);
        if (resource == null) {
            throw new IllegalStateException(FILE + " is not among the test resources");
        }
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8));
    }

    /** The columns are id, name, country, admin, feature, population, latitude, longitude. */
    private static Entry entry(String line) {
        String[] column = line.split("\t", -1);
        return Entry.value(
                Slice.utf8(column[2] + "/" + column[3] + "/" + column[0]),
                Slice.utf8(String.join("\t", column[1], column[5], column[6], column[7])));
    }
}
