/**
 * What grading a submission gave: {@link storagelab.grader.model.GradeResult} holds labs, they hold exercises and
 * benchmarks, exercises hold tests. Immutable; every report is written from it and from nothing else.
 */
@NullMarked
package storagelab.grader.model;

import org.jspecify.annotations.NullMarked;
