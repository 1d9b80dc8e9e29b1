package storagelab.hybrid;

import java.time.Duration;

/**
 * How a {@link MonitorPage} is drawn.
 *
 * @param title the name of the store
 * @param refresh how often a browser loads the page again; {@link Duration#ZERO} for never
 * @param notice a sentence at the top, such as why the last round failed; empty for none
 */
public record PageOptions(String title, Duration refresh, String notice) {
    /** Checks the time. */
    public PageOptions {
        if (refresh.isNegative()) {
            throw new IllegalArgumentException("a page that is loaded again each " + refresh);
        }
    }

    /** A page that is not loaded again, without a notice. */
    public static PageOptions defaults() {
        return new PageOptions("hybrid store", Duration.ZERO, "");
    }

    /** With another title. */
    public PageOptions withTitle(String other) {
        return new PageOptions(other, refresh, notice);
    }

    /** With another time after which the page is loaded again. */
    public PageOptions withRefresh(Duration other) {
        return new PageOptions(title, other, notice);
    }

    /** With another notice. */
    public PageOptions withNotice(String other) {
        return new PageOptions(title, refresh, other);
    }
}
