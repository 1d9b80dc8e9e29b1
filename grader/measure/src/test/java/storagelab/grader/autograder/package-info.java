/** Autograders: what is in them, and what they do where nothing else of this checkout is. */
package storagelab.grader.autograder;
