package storagelab.kin;

/**
 * Something at a point of the earth.
 *
 * @param id tells places apart
 * @param name for people
 * @param latitude in degrees, -90 to 90
 * @param longitude in degrees, -180 to 180
 */
public record Place(long id, String name, double latitude, double longitude) {
    private static final double EARTH_METERS = 6_371_000; // its mean radius

    /** Checks the degrees. */
    public Place {
        check(latitude, longitude);
    }

    /** Throws {@link IllegalArgumentException} unless these are degrees of a point. */
    static void check(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("a point at " + latitude + ", " + longitude);
        }
    }

    /** How far it is from a point, over the surface of a ball, in meters: the haversine formula. */
    public double metersFrom(double fromLatitude, double fromLongitude) {
        double north = Math.sin(Math.toRadians(latitude - fromLatitude) / 2);
        double east = Math.sin(Math.toRadians(longitude - fromLongitude) / 2);
        double half = north * north
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(fromLatitude)) * east * east;
        return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(half)));
    }

    /** The angle at the centre of the earth, in degrees, of a way of so many meters over its surface. */
    static double degrees(double meters) {
        return Math.toDegrees(meters / EARTH_METERS);
    }
}
