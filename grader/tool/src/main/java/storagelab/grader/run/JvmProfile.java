package storagelab.grader.run;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** The options of a child JVM. */
public enum JvmProfile {
    /** The student's own code on the student's own machine: quick to start. */
    OWN_CODE(ImmutableList.of("-Xmx512m", "-Xss1m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")),

    /** Somebody else's code: every memory bounded, no attaching, no native code where the JDK can forbid it. */
    UNTRUSTED(ImmutableList.of(
            "-Xmx256m",
            "-Xss1m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+DisableAttachMechanism",
            "-XX:-EnableDynamicAgentLoading",
            "-Djdk.attach.allowAttachSelf=false",
            "-Xrs")),

    /**
     * Code whose time is taken, confined as {@link #UNTRUSTED} is, but with both compilers and without assertions. Code
     * waits for its compilation, so that a busy machine does not measure the interpreter.
     */
    MEASURED(ImmutableList.of(
            "-Xbatch",
            "-Xms384m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+DisableAttachMechanism",
            "-XX:-EnableDynamicAgentLoading",
            "-Djdk.attach.allowAttachSelf=false",
            "-Djmh.ignoreLock=true",
            "-Xrs")),

    /**
     * The owner's code beside a rival, as an application would run both: with the collector that the JDK chooses, and
     * room for a million entries.
     */
    COMPARED(ImmutableList.of("-Xbatch", "-Xms2g", "-Xmx2g", "-Xshare:auto", "-Djmh.ignoreLock=true")),

    /** A storage engine, ours or another one, which may bring native code. */
    ENGINE(ImmutableList.of("-Xmx2g", "-XX:+UseG1GC", "-Xshare:auto")),

    /** A storage engine with far less memory than data. */
    SMALL_ENGINE(ImmutableList.of("-Xmx256m", "-XX:+UseG1GC", "-Xshare:auto"));

    /** Libraries that hand memory outside of the heap to native code look into the JDK's buffers. */
    private static final ImmutableList<String> NATIVE_MEMORY = ImmutableList.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dlmdbjava.disable.checks=true");

    private static final int FEATURE_WITH_NATIVE_SWITCHES = 24;

    private final ImmutableList<String> own;

    JvmProfile(ImmutableList<String> own) {
        this.own = own;
    }

    /** The options, for a JVM of the same version as this one. */
    public List<String> options() {
        List<String> options = new ArrayList<>(own);
        boolean isEngine = this == ENGINE || this == SMALL_ENGINE;
        if (isEngine) {
            options.addAll(NATIVE_MEMORY);
        } else if (this != MEASURED && this != COMPARED) {
            options.add("-ea");
        }
        options.add("-XX:-UsePerfData");
        options.add("-XX:+ExitOnOutOfMemoryError");
        options.add("-XX:-CreateCoredumpOnCrash");
        options.add("-Dfile.encoding=UTF-8");
        options.add("-Duser.language=en");
        options.add("-Duser.country=US");
        if (this != OWN_CODE && Runtime.version().feature() >= FEATURE_WITH_NATIVE_SWITCHES) {
            options.add(isEngine ? "--enable-native-access=ALL-UNNAMED" : "--illegal-native-access=deny");
            // JMH pads its counters with what Unsafe tells it about field offsets; other engines keep pages by it.
            options.add("--sun-misc-unsafe-memory-access=" + (this == UNTRUSTED ? "deny" : "allow"));
        }
        return options;
    }
}
