package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.Rounds;
import storagelab.testkit.hybrid.Rounds.Asked;
import storagelab.testkit.workload.HandClock;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;

class MonitorPageTest {
    private static final long START = 1_700_000_000_000L;

    private final HandClock clock = new HandClock();
    private final HybridMonitor monitor =
            new HybridMonitor(MonitorOptions.defaults().withClock(clock));

    private String page() {
        return MonitorPage.of(monitor.history(), PageOptions.defaults());
    }

    /** That each element ends, in the right order; the page is XML but for its first line and the elements without an end. */
    private static void checkNesting(String page) {
        String xml = page.replaceFirst("<!doctype html>\\s*", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        try {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                reader.next();
            }
        } catch (XMLStreamException e) {
            throw new AssertionError("the page is not nested: " + e.getMessage(), e);
        }
    }

    @Test
    @DisplayName("without a round, the page says so")
    void empty() {
        String page = page();
        checkNesting(page);
        assertThat(page, containsString("The router has not made a round yet."));
        assertThat(page, containsString("Nothing has moved."));
    }

    @Test
    @DisplayName("shows ranges, moves and decisions as text, with what was predicted")
    void shows() {
        Rounds.at(START)
                .range("price/", EngineKind.LSM, Verdict.STAYS, new Asked(0, 40, 1))
                .range("∞", EngineKind.LSM, Verdict.MOVE, Asked.reads(2_500))
                .tell(monitor);
        Move move = new Move(KeyRange.from(Slice.utf8("price/")), "btree");
        monitor.began(move);
        clock.pass(Duration.ofSeconds(61));
        monitor.ran(new MoveReport(move, 3, 1_234, 5 << 20, true));
        clock.pass(Duration.ofSeconds(9));
        Rounds.at(START + 70_000)
                .range("price/", EngineKind.LSM, Verdict.STAYS, new Asked(0, 40, 1))
                .range("∞", EngineKind.BTREE, Verdict.STAYS, Asked.reads(2_500))
                .tell(monitor);

        String page = page();
        checkNesting(page);
        for (String text : List.of(
                "[∅, price/)",
                "[price/, ∞)",
                "14 November 2023, 22:14:30 UTC",
                "1 move ended",
                "1,234",
                "5.0 MiB",
                "1 min 01 s",
                "2,500",
                "[price/, ∞) to B+tree",
                "[∅, ∞) on LSM tree",
                "[price/, ∞) on B+tree")) {
            assertThat(page, containsString(text));
        }
    }

    @Test
    @DisplayName("keys and titles are escaped, and a long key is cut")
    void hostile() {
        String hostile = "<script>alert(\"a\")</script>&'";
        Rounds.at(START)
                .range(hostile, EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .range("x".repeat(5_000), EngineKind.BTREE, Verdict.STAYS, Asked.reads(1))
                .range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .tell(monitor);
        monitor.began(new Move(KeyRange.from(Slice.utf8(hostile)), "lsm"));
        String page = MonitorPage.of(
                monitor.history(),
                PageOptions.defaults().withTitle(hostile).withNotice(hostile).withRefresh(Duration.ofSeconds(5)));
        checkNesting(page);
        assertThat(page, not(containsString("<script")));
        assertThat(page, containsString("&lt;script&gt;"));
        assertThat(page, containsString("under way"));
        assertThat(page, containsString("<meta http-equiv=\"refresh\" content=\"5\">"));
        assertThat(page, not(containsString("x".repeat(100))));
    }

    @Test
    @DisplayName("loads nothing from anywhere")
    void selfContained() {
        Rounds.at(START)
                .range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .tell(monitor);
        String page = page();
        for (String source : List.of("http:", "https:", "src=", "<link", "@import", "<script", "href=")) {
            assertThat(page, not(containsString(source)));
        }
        assertThat(page, containsString("default-src 'none'"));
        assertThat(Pattern.compile("url\\((?!#)").matcher(page).find(), is(false));
        assertThat(page, not(containsString("refresh")));
    }

    @Test
    @DisplayName("an hour of rounds in which nothing changes is as short as one round")
    void alike() {
        for (int i = 0; i < 720; i++) {
            Rounds.at(START + i * 5_000L)
                    .range("m", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                    .range("∞", EngineKind.BTREE, Verdict.STAYS, Asked.reads(1))
                    .tell(monitor);
            clock.pass(Duration.ofSeconds(5));
        }
        String page = page();
        checkNesting(page);
        assertThat(page.split("<rect class=\"(btree|lsm)\"", -1).length - 1, is(2));
        assertThat(page.length(), is(lessThan(20_000)));
    }
}
