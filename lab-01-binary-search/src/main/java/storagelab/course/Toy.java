package storagelab.course;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks deliberately naive code. An experiment shows where it breaks; production code never imports it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Toy {
    /** What was left out: {@code "no fsync, one thread"}. */
    String value();
}
