// exercise: 6.13
// type: storagelab.query.Analyzer
// verdict: accepted
// because: the sample is drawn by the number of rows until the next one that takes a place, and counts are in lists
public final class Analyzer {
    private long next = -1;
    private double weight = 1;

    public void add(Row row) {
        schema.check(row);
        for (int i = 0; i < nulls.length; i++) {
            Object value = row.get(i);
            if (value != null) {
                distinct.get(i).add(values.get(i).encode(Row.of(value)));
            } else {
                nulls[i]++;
            }
        }
        if (rows < options.sampleRows()) {
            sample.add(row);
        } else {
            if (next < 0) {
                next = rows;
                skip();
            }
            if (rows == next) {
                sample.set(random.nextInt(sample.size()), row);
                next++;
                skip();
            }
        }
        rows++;
    }

    private void skip() {
        weight *= Math.exp(Math.log(1 - random.nextDouble()) / sample.size());
        next += (long) Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-weight));
    }
}
