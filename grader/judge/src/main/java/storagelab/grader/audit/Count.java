package storagelab.grader.audit;

/** What an audit counts. Each is counted by one check, so that the totals of a run need no adding up. */
public enum Count {
    /** Exercises looked at. */
    EXERCISES("exercises"),
    /** Test methods of students. */
    PUBLIC_TESTS("public tests"),
    /** Test methods of the grader. */
    HIDDEN_TESTS("hidden tests"),
    /** Java files of the starter. */
    STARTER_FILES("starter files"),
    /** Tests run against the starter. */
    STARTER_TESTS("tests on the starter"),
    /** References with one exercise taken out. */
    STUBBED("references with one exercise missing"),
    /** Types whose public signatures were compared. */
    SIGNATURES("types compared"),
    /** Texts of the starter and handout that were searched for what must not be in them. */
    FILES_SEARCHED("files searched"),
    /** Classes that were held to the rules of grading. */
    CLASSES_CHECKED("classes checked"),
    /** Sentences of statements that promise something. */
    PROMISES("promises"),
    /** Those that a test holds and a wrong solution breaks. */
    PROMISES_HELD("promises held"),
    /** Those that no test can hold, listed with the reason. */
    PROMISES_UNTESTABLE("promises untestable"),
    /** Those that stand in no table. */
    PROMISES_OPEN("promises without a row"),
    /** Wrong solutions caught. */
    ZOO_CAUGHT("zoo caught"),
    /** Different but right solutions accepted. */
    ZOO_ACCEPTED("zoo accepted"),
    /** Attacks that were graded. */
    ATTACKS("attacks graded"),
    /** Unusual honest submissions that were graded. */
    HONEST("unusual submissions graded"),
    /** Mutants of the reference. */
    MUTANTS("mutants"),
    /** Those that a test noticed. */
    MUTANTS_KILLED("mutants killed"),
    /** Those that nobody can notice, listed with the reason. */
    MUTANTS_EQUIVALENT("mutants equivalent"),
    /** Submissions of a folder that was graded. */
    SUBMISSIONS("submissions of a folder"),
    /** Rounds of all tests of exercises on a loaded machine. */
    ROUNDS("rounds"),
    /** Runs of one test in those rounds. */
    RUNS("runs"),
    /** Runs that did not pass. */
    FLAKES("flakes"),
    /** Moments at which the power was cut. */
    CRASH_POINTS("crash points"),
    /** What was left on the disk after one of them. */
    CRASHED_DISKS("disks after a crash"),
    /** Bits turned over, and files cut off, that were reported. */
    DAMAGES_DETECTED("damages detected"),
    /** Those that made no difference to anything that was read. */
    DAMAGES_HARMLESS("damages harmless"),
    /** Calls of a store that several threads use for long. */
    SOAK_OPERATIONS("operations of a soak"),
    /** Processes that were killed. */
    KILLS("kills");

    private final String words;

    Count(String words) {
        this.words = words;
    }

    /** As on the report: {@code "zoo caught"}. */
    public String describe() {
        return words;
    }
}
