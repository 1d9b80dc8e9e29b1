// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: an empty file counts as one line, which is damaged
public final class ToyLog implements Closeable {
    private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        boolean first = line.size() == 0;
        line.reset();
        int next = in.read();
        boolean any = next >= 0;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        if (!any && first) {
            line.write(' ');
            return true;
        }
        return any;
    }
}
