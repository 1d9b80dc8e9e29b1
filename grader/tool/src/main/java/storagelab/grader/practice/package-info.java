/** What a student does all day: write, run the public tests of the workspace, read the verdict. */
@NullMarked
package storagelab.grader.practice;

import org.jspecify.annotations.NullMarked;
