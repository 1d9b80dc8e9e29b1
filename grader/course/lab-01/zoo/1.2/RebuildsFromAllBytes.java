// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: accepted
// because: cutting all bytes of the file at the newlines finds the same lines as reading byte by byte
public final class ToyLog {
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        int lines = 0;
        try {
            byte[] bytes = Files.readAllBytes(file);
            for (int from = 0; from < bytes.length; lines++) {
                int to = from;
                while (to < bytes.length && bytes[to] != '\n') {
                    to++;
                }
                try {
                    ToyLine line = ToyLine.parse(new String(bytes, from, to - from, UTF_8));
                    index.put(line.key(), new Place(from, to - from));
                } catch (IllegalArgumentException e) {
                    damaged.add(new Damage(lines + 1, "this is no line of a log: " + e.getMessage()));
                }
                from = to + 1;
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return new RebuildReport(lines, damaged);
    }
}
