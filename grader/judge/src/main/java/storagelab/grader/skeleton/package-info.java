/**
 * The files that a new exercise begins with, so that its author fills them in and forgets none.
 *
 * <p>Reading order: {@link storagelab.grader.skeleton.NewExercise}, {@link storagelab.grader.skeleton.ExerciseSkeleton}.
 */
@NullMarked
package storagelab.grader.skeleton;

import org.jspecify.annotations.NullMarked;
