/**
 * Writers over {@link storagelab.grader.model.GradeResult}: the table on the console, {@code result.json}, {@code
 * report.html}, {@code junit.xml}, {@code summary.md} and Gradescope's {@code results.json}. Each is a pure function of the result, so that
 * the same result gives the same bytes.
 *
 * <p>What a submission printed or threw is hostile text until it has gone through {@link
 * storagelab.grader.report.Markup}, {@link storagelab.grader.report.PlainText} or Gson.
 */
@NullMarked
package storagelab.grader.report;

import org.jspecify.annotations.NullMarked;
