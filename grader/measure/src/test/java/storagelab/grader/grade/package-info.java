/** Tests of grading: what is taken, what is refused, what is scored. */
package storagelab.grader.grade;
