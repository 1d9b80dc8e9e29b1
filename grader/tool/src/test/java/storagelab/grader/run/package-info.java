/** Tests of running submissions. Hostile code runs only in confined children. */
package storagelab.grader.run;
