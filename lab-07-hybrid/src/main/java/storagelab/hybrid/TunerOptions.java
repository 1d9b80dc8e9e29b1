package storagelab.hybrid;

/**
 * How an {@link AutoTuner} measures, and when it believes what it has measured.
 *
 * @param windows how many windows are measured with a setting
 * @param settlingWindows how many windows are left out after a setting has changed, while caches fill
 * @param gainMin how much better a setting must be at least, as a share of the cost before: 0.02 is 2 %
 * @param noiseFactor how many times the spread of the windows a gain must be
 * @param stopRatio a window of a trial with more than this many times the median cost before ends the trial
 * @param shift how far the cost may move from that of the last trial, as a share of it, before knobs that rest are tried
 *     again
 * @param restWindows the first rest of a knob, in windows; it doubles with each trial for nothing
 * @param restWindowsMax the longest rest
 */
public record TunerOptions(
        int windows,
        int settlingWindows,
        double gainMin,
        double noiseFactor,
        double stopRatio,
        double shift,
        int restWindows,
        int restWindowsMax) {
    /** Checks the numbers. */
    public TunerOptions {
        if (windows < 1 || settlingWindows < 0 || restWindows < 1 || restWindowsMax < restWindows) {
            throw new IllegalArgumentException(windows + " windows, " + settlingWindows + " to settle, rests of "
                    + restWindows + " to " + restWindowsMax);
        }
        if (!(gainMin >= 0 && noiseFactor >= 0 && stopRatio > 1 && shift > 0)) {
            throw new IllegalArgumentException("a gain of " + gainMin + ", " + noiseFactor
                    + " times the spread, an end at " + stopRatio + ", a shift of " + shift);
        }
    }

    /**
     * Five windows for each setting after two to settle; a gain of 2 % and twice the spread; a trial ends at 1.5 times the
     * cost before; a shift of 30 % ends all rests, which last 32 to 1,024 windows.
     */
    public static TunerOptions defaults() {
        return new TunerOptions(5, 2, 0.02, 2, 1.5, 0.3, 32, 1_024);
    }

    /** With other numbers of windows: to measure, and to leave out before. */
    public TunerOptions withWindows(int measured, int settling) {
        return new TunerOptions(
                measured, settling, gainMin, noiseFactor, stopRatio, shift, restWindows, restWindowsMax);
    }

    /** With another proof of a gain: its least share of the cost, and how many times the spread it must be. */
    public TunerOptions withGain(double least, double spreads) {
        return new TunerOptions(
                windows, settlingWindows, least, spreads, stopRatio, shift, restWindows, restWindowsMax);
    }

    /** With another end of bad trials. */
    public TunerOptions withStopRatio(double ratio) {
        return new TunerOptions(
                windows, settlingWindows, gainMin, noiseFactor, ratio, shift, restWindows, restWindowsMax);
    }

    /** With another shift of the load. */
    public TunerOptions withShift(double share) {
        return new TunerOptions(
                windows, settlingWindows, gainMin, noiseFactor, stopRatio, share, restWindows, restWindowsMax);
    }

    /** With other rests, the first and the longest. */
    public TunerOptions withRest(int first, int longest) {
        return new TunerOptions(windows, settlingWindows, gainMin, noiseFactor, stopRatio, shift, first, longest);
    }
}
