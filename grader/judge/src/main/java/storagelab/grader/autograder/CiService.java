package storagelab.grader.autograder;

/** A service of continuous integration. */
public enum CiService {
    /** GitHub Actions, with or without GitHub Classroom. */
    GITHUB(
            "GitHub",
            "github.com",
            ".github/workflows/lab.yml",
            ".github/workflows/grade.yml",
            "`grade-all` grades as root, which GitHub's runners allow, in a private root directory without network."),
    /** GitLab CI. */
    GITLAB("GitLab", "gitlab.com", ".gitlab-ci.yml", ".gitlab-ci.yml", """
            `grade-all` needs a runner that can confine: `privileged = true` in its Docker executor, or a shell executor on Linux.
            On other runners it refuses, with exit code 2. The variable `GRADE_OPTIONS` with the value `--allow-unsandboxed` makes
            it grade all the same: submissions then run as users without privileges and cannot read your files, but they have the
            network, and a process that one of them leaves behind could read the tests and classes of the next.""");

    private final String title;
    private final String host;
    private final String studentsFile;
    private final String instructorsFile;
    private final String confinement;

    CiService(String title, String host, String studentsFile, String instructorsFile, String confinement) {
        this.title = title;
        this.host = host;
        this.studentsFile = studentsFile;
        this.instructorsFile = instructorsFile;
        this.confinement = confinement;
    }

    /** Its name. */
    String title() {
        return title;
    }

    /** Where its repositories are. */
    String host() {
        return host;
    }

    /** The path of the students' job, from the root of a repository. */
    String studentsFile() {
        return studentsFile;
    }

    /** The path of the instructor's job. */
    String instructorsFile() {
        return instructorsFile;
    }

    /** What confines submissions on its runners. */
    String confinement() {
        return confinement;
    }
}
