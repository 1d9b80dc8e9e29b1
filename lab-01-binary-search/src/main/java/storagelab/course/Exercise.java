package storagelab.course;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what the student writes. The Javadoc above it is the whole task statement.
 *
 * <p>On a method or constructor, the starter keeps the signature and the Javadoc and replaces the body by {@code throw
 * new ExerciseNotDone(id)}. On a type, the starter keeps the public face: every public or protected method and
 * constructor loses its body, every private or package-private member disappears. Members marked {@link Given} stay as
 * they are.
 *
 * <p>An id is declared once; further methods or types of the same exercise carry {@link ExercisePart}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Exercise {
    /** Lab number, dot, number in the lab: {@code "1.4"}. */
    String id();

    /** What it is, in a few words; the line on the board. */
    String title();

    /** Points for passing all of its tests, public and hidden. */
    int points();

    /** How hard it is for somebody who has done the exercises before it. */
    Difficulty difficulty();

    /** Hours that a student with a year of Java needs, reading included. */
    double hours();

    /** Ids of the exercises whose code this one calls. */
    String[] needs() default {};
}
