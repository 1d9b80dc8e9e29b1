package storagelab.grader.report;

import storagelab.grader.model.LabResult;

/** The second score of a lab in words. */
final class OwnLabsText {
    private OwnLabsText() {}

    /** {@code "On your own labs below the exercises would bring 70; what counts …"}. */
    static String ofLab(LabResult lab) {
        return "On your own labs below, these exercises would bring " + Figures.points(lab.earnedOnOwnLabs())
                + ". What counts are the reference's labs below: a fault is charged where it was made.";
    }
}
