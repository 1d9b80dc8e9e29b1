/** Tests of compiling labs. */
package storagelab.grader.compile;
