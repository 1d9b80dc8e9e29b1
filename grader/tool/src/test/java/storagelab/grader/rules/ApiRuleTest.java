package storagelab.grader.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.rules.ClassRule.Violation;

/** What the code of a submission may use and what not. Every attack here compiles; none of them is ever run. */
class ApiRuleTest {
    private static final String SOURCE = "storagelab/search/Attempt.java";
    private static final String HEAD = "package storagelab.search;\nfinal class Attempt {\n";

    @TempDir
    private Path directory;

    /** The violation in a class whose members are {@code members}, which begin on line 3. */
    private Map<String, Violation> violations(String members) throws IOException {
        return violations(members, SOURCE::equals);
    }

    private Map<String, Violation> violations(String members, Predicate<String> isStudentSource) throws IOException {
        Path source =
                Files.createDirectories(directory.resolve("storagelab/search")).resolve("Attempt.java");
        Files.writeString(source, HEAD + members + "\n}\n");
        Path output = directory.resolve("classes");
        assertThat(
                "errors of: " + members,
                SourceCompiler.withOwnClassPath().compile(List.of(source), output),
                is(empty()));
        Map<String, byte[]> classes = new TreeMap<>();
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(output.resolve("storagelab/search"))) {
            for (Path file : files.toList()) {
                String name =
                        "storagelab.search." + file.getFileName().toString().replace(".class", "");
                classes.put(name, Files.readAllBytes(file));
                sources.put(name, SOURCE);
            }
        }
        return ClassRules.violations(classes, sources, isStudentSource);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack(
                        "Object a() throws Exception { return Class.forName(\"p.T\"); }",
                        "calls java.lang.Class.forName: reflection"),
                attack(
                        "Object a() { return getClass().getDeclaredFields(); }",
                        "calls java.lang.Class.getDeclaredFields: reflection"),
                attack(
                        "void a(java.lang.reflect.Field f) { f.setAccessible(true); }",
                        "calls java.lang.reflect.Field.setAccessible: reflection"),
                attack(
                        "java.util.function.Function<String, Class<?>> a() { return n -> { try { return Class.forName(n); } catch (Exception e) { return null; } }; }",
                        "calls java.lang.Class.forName"),
                attack(
                        "java.util.function.IntConsumer a() { return System::exit; }",
                        "calls java.lang.System.exit: a store uses only the time"),
                attack("void a() { Runtime.getRuntime().halt(0); }", "calls java.lang.Runtime.halt"),
                attack(
                        "void a() { Runtime.getRuntime().addShutdownHook(new Thread(() -> {})); }",
                        "calls java.lang.Runtime.addShutdownHook"),
                attack(
                        "void a() throws Exception { new ProcessBuilder(\"sh\").start(); }",
                        "uses java.lang.ProcessBuilder: a store starts no other programs"),
                attack(
                        "void a() throws Exception { new java.net.Socket(\"localhost\", 1); }",
                        "uses java.net.Socket: a store opens no network"),
                attack(
                        "void a() throws Exception { java.nio.channels.SocketChannel.open(); }",
                        "calls java.nio.channels.SocketChannel.open"),
                attack("Object a() { return System.getenv(); }", "calls java.lang.System.getenv"),
                attack("void a() { System.setOut(null); }", "calls java.lang.System.setOut"),
                attack("void a() { System.load(\"x\"); }", "calls java.lang.System.load"),
                attack(
                        "Object a() { return Thread.currentThread().getContextClassLoader(); }",
                        "calls java.lang.Thread.getContextClassLoader"),
                attack(
                        "Object a() { return Thread.currentThread().getStackTrace(); }",
                        "calls java.lang.Thread.getStackTrace"),
                attack(
                        "Object a() { return new RuntimeException().getStackTrace(); }",
                        "calls java.lang.RuntimeException.getStackTrace: "),
                attack(
                        "static class W extends Thread { Object a() { return getContextClassLoader(); } }",
                        "calls storagelab.search.Attempt.W.getContextClassLoader"),
                attack(
                        "static class W extends Thread {} static class V extends W { Object a() { return getStackTrace(); } }",
                        "calls storagelab.search.Attempt.V.getStackTrace"),
                attack(
                        "static class E extends IllegalStateException {} Object a() { return new E().getStackTrace(); }",
                        "calls storagelab.search.Attempt.E.getStackTrace"),
                attack("static class L extends ClassLoader {}", "extends java.lang.ClassLoader: class loaders"),
                attack(
                        "Object a() { return StackWalker.getInstance(); }",
                        "calls java.lang.StackWalker.getInstance: what a method does"),
                attack(
                        "Object a() throws Exception { return java.lang.invoke.MethodHandles.lookup().findVirtual(String.class, \"x\", null); }",
                        "calls java.lang.invoke.MethodHandles.Lookup.findVirtual: reflection"),
                attack(
                        "Object a() throws Exception { return java.lang.invoke.MethodHandles.privateLookupIn(String.class, null); }",
                        "calls java.lang.invoke.MethodHandles.privateLookupIn"),
                attack(
                        "Object a() { return java.util.ServiceLoader.load(Runnable.class); }",
                        "calls java.util.ServiceLoader.load: class loaders"),
                attack(
                        "Object a() { return java.lang.management.ManagementFactory.getThreadMXBean(); }",
                        "calls java.lang.management.ManagementFactory.getThreadMXBean: a store does not look into its JVM"),
                attack(
                        "Object a() throws Exception { return new java.io.FileOutputStream(\"x\"); }",
                        "uses java.io.FileOutputStream: java.io.File and its streams"),
                attack(
                        "Object a() throws Exception { return new java.io.RandomAccessFile(\"x\", \"rw\"); }",
                        "uses java.io.RandomAccessFile: it does not see the disk"),
                attack(
                        "Object a() throws Exception { return new java.io.PrintWriter(\"x\"); }",
                        "calls new java.io.PrintWriter: it would write to a file"),
                attack(
                        "Object a() throws Exception { return new java.util.Formatter(\"x\"); }",
                        "calls new java.util.Formatter: "),
                attack(
                        "Object a() throws Exception { return new java.util.zip.ZipFile(\"x\"); }",
                        "uses java.util.zip.ZipFile: it is not part of this course"),
                attack(
                        "void a() { java.util.Locale.setDefault(java.util.Locale.ROOT); }",
                        "calls java.util.Locale.setDefault"),
                attack(
                        "Object a() { return java.nio.file.Path.of(\"/etc\"); }",
                        "calls java.nio.file.Path.of: a store uses only paths below"),
                attack(
                        "Object a(java.nio.file.Path p) { return p.getFileSystem().getPath(\"/etc\"); }",
                        "calls java.nio.file.Path.getFileSystem"),
                attack("Object a(java.nio.file.Path p) { return p.toFile(); }", "calls java.nio.file.Path.toFile"),
                attack(
                        "Object a() throws Exception { return java.nio.file.Files.createTempFile(\"a\", \"b\"); }",
                        "calls java.nio.file.Files.createTempFile"),
                attack(
                        "void a(java.io.InputStream in) throws Exception { new java.io.ObjectInputStream(in).readObject(); }",
                        "uses java.io.ObjectInputStream: Java's serialization"),
                attack(
                        "Object a() { return storagelab.disk.CrashDisk.create(); }",
                        "calls storagelab.disk.CrashDisk.create: it is the disk of the tests"),
                attack(
                        "Object a() throws Exception { var f = sun.misc.Unsafe.class; return f; }",
                        "uses sun.misc.Unsafe: it is an internal of the JDK"),
                attack("Object[][] a() { return new Process[1][1]; }", "uses java.lang.Process: "),
                attack(
                        "void a() { try { a(); } catch (Throwable t) { t.setStackTrace(null); } }",
                        "calls java.lang.Throwable.setStackTrace"),
                attack("@Override protected void finalize() {}", "has a finalize method"),
                attack("native void a();", "has the native method a"));
    }

    private static Arguments attack(String members, String words) {
        return Arguments.of(members, words);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @DisplayName("what no exercise needs is refused, with what it is and why")
    void refuses(String members, String words) throws IOException {
        Map<String, Violation> found = violations(members);
        assertThat("refused sources", found.keySet(), equalTo(Set.of(SOURCE)));
        assertThat(found.values().iterator().next().words(), startsWith(words));
    }

    @ParameterizedTest
    @DisplayName("what an honest solution may use is allowed")
    @MethodSource("honest")
    void allows(String members) throws IOException {
        assertThat(violations(members), is(Map.of()));
    }

    static Stream<String> honest() {
        return Stream.of(
                "record R(int a, String b) {} sealed interface S permits T {} record T() implements S {}",
                "enum E { A { @Override int x() { return 1; } }; int x() { return 0; } }",
                "int a(Object o) { return o instanceof String s ? s.length() : 0; }",
                "int a(String s) { return switch (s) { case \"x\" -> 1; default -> 0; }; }",
                "String a(int x) { return \"a\" + x + getClass().getSimpleName(); }",
                "void a() throws Exception { Thread t = new Thread(() -> System.out.println(\"x\")); t.setDaemon(true); t.start(); t.join(); }",
                "static class W extends Thread { W() { super(\"w\"); setDaemon(true); } @Override public void run() { interrupt(); } }",
                "static class E extends RuntimeException { E(String m, Throwable c) { super(m, c); } String w() { return getMessage() + getCause(); } }",
                "java.nio.ByteBuffer a(java.nio.file.Path p) throws java.io.IOException { try (var c = java.nio.channels.FileChannel.open(p.resolve(\"x\"), java.nio.file.StandardOpenOption.READ)) { var b = java.nio.ByteBuffer.allocate(8); c.read(b, 0); return b; } }",
                "java.util.Map<String, Integer> a(java.util.List<String> l) { return l.stream().collect(java.util.stream.Collectors.toMap(s -> s, String::length)); }",
                "volatile int x; static final java.lang.invoke.VarHandle X; static { try { X = java.lang.invoke.MethodHandles.lookup().findVarHandle(Attempt.class, \"x\", int.class); } catch (ReflectiveOperationException e) { throw new ExceptionInInitializerError(e); } } boolean a() { return X.compareAndSet(this, 0, 1); }",
                "int[] a(int[] x) { return x.clone(); }",
                "void a(Exception e) { e.printStackTrace(); System.err.println(e.getMessage()); }",
                "String a() { return String.format(\"%d\", 1) + new java.util.Formatter().format(\"x\"); }",
                "synchronized void a() throws InterruptedException { wait(1); notifyAll(); }",
                "java.util.concurrent.Future<?> a(java.util.concurrent.ExecutorService s) { return s.submit(() -> 1); }",
                "int a(java.nio.file.Path p) throws Exception { assert p != null; try (var l = java.nio.file.Files.list(p)) { return (int) l.count(); } }",
                "long a(byte[] b) { var c = new java.util.zip.CRC32C(); c.update(b); return c.getValue(); }",
                "@interface Note { String value() default \"\"; } @Note(\"x\") void a() {}");
    }

    @Test
    @DisplayName("the line is that of the first use, also in a lambda and in a nested class")
    void line() throws IOException {
        String members =
                "int a() {\n  return 1;\n}\nstatic class N {\n  Runnable r() {\n    return () -> System.exit(1);\n  }\n}";
        assertThat(lines(violations(members)), is(List.of(8L)));
    }

    @Test
    @DisplayName("what was handed out is not held to the list, and a second type in a source of the student is")
    void whoWroteIt() throws IOException {
        String second = "}\nclass Second { void a() { System.exit(1); }";
        assertThat(lines(violations(second)), is(List.of(4L)));
        assertThat(violations(second, source -> false), is(Map.of()));
    }

    private static List<Long> lines(Map<String, Violation> violations) {
        return violations.values().stream().map(Violation::line).toList();
    }
}
