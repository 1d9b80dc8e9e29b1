// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: a damaged line takes the older value of its key with it
public final class ToyLog implements Closeable {
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        int lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (long offset = 0; readLine(in, line); lines++, offset += line.size() + 1) {
                try {
                    index.put(ToyLine.parse(line.toString(UTF_8)).key(), new Place(offset, line.size()));
                } catch (IllegalArgumentException e) {
                    damaged.add(new Damage(lines + 1, String.valueOf(e.getMessage())));
                    String[] parts = line.toString(UTF_8).split("\\|", -1);
                    if (parts.length > 1) {
                        index.remove(parts[1]);
                    }
                }
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return new RebuildReport(lines, List.copyOf(damaged));
    }
}
