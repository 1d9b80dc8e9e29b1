// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: the rebuild keeps the first line of each key instead of the last
public final class ToyLog {
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        int lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (long offset = 0; readLine(in, line); offset += line.size() + 1) {
                lines++;
                try {
                    index.putIfAbsent(ToyLine.parse(line.toString(UTF_8)).key(), new Place(offset, line.size()));
                } catch (IllegalArgumentException e) {
                    damaged.add(new Damage(lines, String.valueOf(e.getMessage())));
                }
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return new RebuildReport(lines, List.copyOf(damaged));
    }
}
