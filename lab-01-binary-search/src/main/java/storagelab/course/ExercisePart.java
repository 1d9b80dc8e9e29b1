package storagelab.course;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a further method or type of an exercise that is declared by {@link Exercise} elsewhere in the same lab. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface ExercisePart {
    /** The id of the exercise, as in {@link Exercise#id()}. */
    String value();
}
