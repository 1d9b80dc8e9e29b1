/** Tests of what is found out about a machine, and of what is said about it. */
package storagelab.grader.doctor;
