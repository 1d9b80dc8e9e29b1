package storagelab.grader.course;

import java.util.Comparator;
import java.util.List;

/**
 * One exercise as the board and the grader know it.
 *
 * @param id lab number, dot, number in the lab: {@code "1.10"}
 * @param title a few words
 * @param points for passing every test
 * @param difficulty for somebody who has done the exercises before it
 * @param hours that a student with a year of Java needs
 * @param needs ids of the exercises whose code this one calls
 * @param files where its code is, relative to the root of the checkout or workspace; the declaring file first
 */
public record ExerciseSpec(
        String id,
        String title,
        int points,
        Difficulty difficulty,
        double hours,
        List<String> needs,
        List<String> files) {

    /** Orders ids by their numbers: 1.9 before 1.10. */
    public static final Comparator<String> BY_NUMBER =
            Comparator.<String>comparingInt(ExerciseSpec::labOf).thenComparingInt(ExerciseSpec::numberOf);

    public ExerciseSpec {
        needs = List.copyOf(needs);
        files = List.copyOf(files);
    }

    /** The lab that {@code id} belongs to. */
    public static int labOf(String id) {
        return Integer.parseInt(id.substring(0, id.indexOf('.')));
    }

    /** Where {@code id} stands in its lab, from 1. */
    public static int numberOf(String id) {
        return Integer.parseInt(id.substring(id.indexOf('.') + 1));
    }

    /** Whether {@code text} has the form of an id: two numbers and a dot. */
    public static boolean isId(String text) {
        return text.matches("[1-9]\\d?\\.[1-9]\\d?");
    }
}
