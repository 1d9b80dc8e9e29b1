// tries: calls the system through java.lang.foreign, which newer JDKs have
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            Class<?> linkers = Class.forName("java.lang.foreign.Linker");
            Object linker = linkers.getMethod("nativeLinker").invoke(null);
            Class<?> descriptors = Class.forName("java.lang.foreign.FunctionDescriptor");
            Class<?> layouts = Class.forName("java.lang.foreign.MemoryLayout");
            Object noArguments = java.lang.reflect.Array.newInstance(layouts, 0);
            Object descriptor = descriptors.getMethod("ofVoid", noArguments.getClass()).invoke(null, noArguments);
            Object options = java.lang.reflect.Array.newInstance(Class.forName("java.lang.foreign.Linker$Option"), 0);
            linkers.getMethod("downcallHandle", descriptors, options.getClass()).invoke(linker, descriptor, options);
            throw new IllegalStateException("REACHED native functions");
        } catch (ReflectiveOperationException | LinkageError refused) {
            throw new IllegalStateException("kept out: " + refused + " " + refused.getCause());
        }
    }
}
