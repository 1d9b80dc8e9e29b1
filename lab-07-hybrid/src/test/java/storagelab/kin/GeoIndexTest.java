package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.query.Row;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.CityRows;

class GeoIndexTest {
    private static final Place PARIS = new Place(2_988_507, "Paris", 48.85341, 2.3488);
    private static final Place LONDON = new Place(2_643_743, "London", 51.50853, -0.12574);

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    @Test
    @DisplayName("the example of the page: the cell of Paris, the key, and the way to London")
    void example() {
        assertThat(Long.toHexString(GeoBox.cell(48.85341, 2.3488)), is("d0139dced76d514a"));
        assertThat("Paris to London, in meters", PARIS.metersFrom(51.50853, -0.12574), is(closeTo(343_500, 1_000)));
        assertThat(GeoBox.cell(-90, -180), is(0L));
        assertThat(GeoBox.cell(90, 180), is(-1L));
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            GeoIndex index = new GeoIndex(store);
            index.put(List.of(PARIS, LONDON), Durability.BUFFERED);
            Slice key = KeyBytes.of('g')
                    .unsigned(0xd0139dced76d514aL)
                    .number(PARIS.id())
                    .toSlice();
            assertThat(store.get(key).isPresent(), is(true));
            assertThat(index.near(48, 2, 100_000), is(List.of(PARIS)));
            assertThat(index.nearest(50.5, 0, 1), is(List.of(LONDON)));
            assertThat(
                    index.nearest(-48, -178, 5),
                    is(List.of(LONDON, PARIS).stream()
                            .sorted(Comparator.comparingDouble(place -> place.metersFrom(-48, -178)))
                            .toList()));
            Place moved = new Place(PARIS.id(), "Paris, Texas", 33.66, -95.56);
            index.put(List.of(moved), Durability.BUFFERED);
            assertThat(index.near(48, 2, 100_000), is(empty()));
            assertThat(index.near(33, -95, 200_000), is(List.of(moved)));
            assertThat(index.remove(PARIS.id(), Durability.BUFFERED), is(true));
            assertThat(index.remove(PARIS.id(), Durability.BUFFERED), is(false));
            assertThat(index.within(new GeoBox(-90, -180, 90, 180)), is(List.of(LONDON)));
        }
    }

    @Test
    @DisplayName(
            "points on borders, at the poles and at the 180th meridian are found as a look at each of them finds them")
    void model() {
        Seeds.check(3, random -> {
            try (CrashSafeStore store = KinStores.lsm(newDirectory())) {
                GeoIndex index = new GeoIndex(store, 1 + random.nextInt(30));
                Map<Long, Place> model = new TreeMap<>();
                for (int i = 0; i < 30; i++) {
                    List<Place> places = new ArrayList<>();
                    for (int j = 0; j < 5; j++) {
                        places.add(
                                new Place(random.nextInt(100) * 5L + j, "p" + i, latitude(random), longitude(random)));
                    }
                    index.put(places, Durability.BUFFERED);
                    places.forEach(place -> model.put(place.id(), place));
                    GeoBox box = randomBox(random, model);
                    assertThat(
                            box.toString(),
                            ids(index.within(box)),
                            is(ids(model.values().stream()
                                    .filter(place -> box.contains(place.latitude(), place.longitude()))
                                    .toList())));
                    checkNear(index, model, random);
                }
            }
        });
    }

    private static void checkNear(GeoIndex index, Map<Long, Place> model, Random random) {
        double latitude = latitude(random);
        double longitude = longitude(random);
        double meters = Math.pow(10, 2 + 5.3 * random.nextDouble());
        List<Place> byDistance = model.values().stream()
                .sorted(Comparator.comparingDouble((Place place) -> place.metersFrom(latitude, longitude))
                        .thenComparingLong(Place::id))
                .toList();
        String where = latitude + ", " + longitude;
        assertThat(
                meters + " m from " + where,
                index.near(latitude, longitude, meters),
                is(byDistance.stream()
                        .filter(place -> place.metersFrom(latitude, longitude) <= meters)
                        .toList()));
        int count = 1 + random.nextInt(8);
        assertThat(
                "nearest to " + where,
                index.nearest(latitude, longitude, count),
                is(byDistance.subList(0, Math.min(count, byDistance.size()))));
    }

    private static double latitude(Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                List.of(-90.0, 90.0, 0.0, 45.0, Math.nextDown(45.0), 89.99).get(random.nextInt(6));
            default -> random.nextInt(-90, 90) + random.nextDouble();
        };
    }

    private static double longitude(Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                List.of(-180.0, 180.0, 0.0, -90.0, Math.nextDown(-90.0), 179.99).get(random.nextInt(6));
            default -> random.nextInt(-180, 180) + random.nextDouble();
        };
    }

    /** A box whose corners are places now and then. */
    private static GeoBox randomBox(Random random, Map<Long, Place> model) {
        List<Place> places = List.copyOf(model.values());
        Place a = places.get(random.nextInt(places.size()));
        Place b = random.nextBoolean()
                ? places.get(random.nextInt(places.size()))
                : new Place(0, "", latitude(random), longitude(random));
        return new GeoBox(
                Math.min(a.latitude(), b.latitude()),
                Math.min(a.longitude(), b.longitude()),
                Math.max(a.latitude(), b.latitude()),
                Math.max(a.longitude(), b.longitude()));
    }

    private static List<Long> ids(List<Place> places) {
        return places.stream().map(Place::id).sorted().toList();
    }

    @Test
    @DisplayName("the ranges of a box are in order, apart from each other, and not many more than asked for")
    void cover() {
        Seeds.check(50, random -> {
            int most = 1 + random.nextInt(40);
            GeoBox box = randomBox(random, Map.of(1L, new Place(1, "", latitude(random), longitude(random))));
            List<GeoBox.Cells> cover = box.cover(most);
            assertThat("ranges", cover.size(), is(lessThanOrEqualTo(most + 3)));
            for (int i = 1; i < cover.size(); i++) {
                long gap = cover.get(i).first() - cover.get(i - 1).last();
                assertThat("a gap before " + cover.get(i), Long.compareUnsigned(gap, 1), is(1));
            }
        });
    }

    @Test
    @DisplayName("the cities near Paris are those that a look at all cities finds")
    void cities() {
        List<Place> cities = CityRows.all().stream()
                .filter(row -> Objects.equals(row.get(2), "FR") || Objects.equals(row.get(2), "BE"))
                .map(GeoIndexTest::place)
                .collect(Collectors.toList());
        try (CrashSafeStore store = CrashSafeStore.open(newDirectory(), DurableOptions.defaults(EngineKind.LSM))) {
            GeoIndex index = new GeoIndex(store);
            index.put(cities, Durability.BUFFERED);
            for (double meters : new double[] {5_000, 30_000, 200_000}) {
                assertThat(
                        ids(index.near(48.85, 2.35, meters)),
                        is(ids(cities.stream()
                                .filter(city -> city.metersFrom(48.85, 2.35) <= meters)
                                .toList())));
            }
            assertThat(index.nearest(50.85, 4.35, 1).get(0).name(), is("Brussels"));
        }
    }

    private static Place place(Row row) {
        return new Place(
                (long) Objects.requireNonNull(row.get(0)),
                (String) Objects.requireNonNull(row.get(1)),
                (double) Objects.requireNonNull(row.get(6)),
                (double) Objects.requireNonNull(row.get(7)));
    }

    @Test
    @DisplayName("what is no point of the earth is refused")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> new Place(1, "", 90.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Place(1, "", 0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new GeoBox(1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new GeoBox(0, 10, 1, -10));
    }
}
