package storagelab.grader.collect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a learning platform says of a student in the name of a file or directory that it lets an instructor download.
 *
 * @param owner what is the same for all files of one student
 * @param handles what the student is called
 * @param isMarkedLate whether the name says that it was late
 * @param attachment orders the files of one student: of two, the later one is larger
 * @param file the name that the student gave it; empty for a directory
 */
record DownloadName(String owner, List<String> handles, boolean isMarkedLate, long attachment, String file) {
    /** {@code doejane_LATE_12345_67890_my-labs.zip}. */
    private static final Pattern CANVAS = Pattern.compile("([^_]+)(_LATE)?_(\\d{1,18})_(\\d{1,18})_(.+)");

    /** {@code Jane Doe_123456_assignsubmission_file_my-labs.zip}, or the directory {@code Jane Doe_123456_assignsubmission_file_}. */
    private static final Pattern MOODLE = Pattern.compile("(.+)_(\\d{1,18})_assignsubmission_(file|onlinetext)_?(.*)");

    /** Takes a name apart; empty if no platform known here writes such names. */
    static Optional<DownloadName> of(String name) {
        Matcher moodle = MOODLE.matcher(name);
        if (moodle.matches()) {
            return Optional.of(new DownloadName(
                    moodle.group(1) + "_" + moodle.group(2),
                    List.of(moodle.group(2), moodle.group(1)),
                    false,
                    0,
                    moodle.group(4)));
        }
        Matcher canvas = CANVAS.matcher(name);
        if (canvas.matches()) {
            return Optional.of(new DownloadName(
                    canvas.group(1) + "_" + canvas.group(3),
                    List.of(canvas.group(3), canvas.group(1)),
                    canvas.group(2) != null,
                    Long.parseLong(canvas.group(4)),
                    canvas.group(5)));
        }
        return Optional.empty();
    }
}
