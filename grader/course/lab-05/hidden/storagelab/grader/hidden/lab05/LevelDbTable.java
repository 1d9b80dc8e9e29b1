package storagelab.grader.hidden.lab05;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import storagelab.api.Slice;

/**
 * A table in the bytes that C++ LevelDB 1.18 has written, once without compression and once with Snappy: blocks of
 * 1,024 bytes, no filter. What was written were 160 puts and deletions to a hundred keys.
 */
final class LevelDbTable {
    /** How large LevelDB was told to make its blocks. */
    static final int BLOCK_BYTES = 1024;

    private static final String PLAIN =
            "H4sIAAAAAAAA/31XWZPVRBTuw4wkPXe45M7c0XEd1HFf6HR30ml3FMUdxQV3RRgURXBhUFAUQUFFgVFRUcel/AH67otV/gzf"
                    + "fbXKV8vC7pybO0mn29RUTd3zpZJzvu8753RIQjdv27VnNWMMtpDy2r1p+/zcqpSxiPZSuKMe3Ll18KdERMc5fOqAqcxp1Lna"
                    + "ico8okSQ1zEcx32Y9D7UPkBHtCvhiTaueUTjDNbUkTyL6EQOH3mfloqCRr2LvZgoTPoKdrrpp6lJv9OKmvQL8iCGI7pSw2L7"
                    + "qWmmaNTVbSBTy8doyuBAg13BSBIj8wY7r44JQ/xECs/5q2KCRsmIv6qIdjjc7WDKsD8l4ESQcqnjmJB0WJ6EvZ7yODflnd4G"
                    + "OOrydB3RRpdeDmu9r8yR+09a1rHcX+Zax3A/VcCrweRTaZPvVsl3NWxs31tYCTiDHxoS5EsSGOy6hrGMBIaR9yvH9uB8P+PY"
                    + "Bi+4tTDTBmPLnajRoS9gfagUpUvuv/JZy3IvPdYy3NMM9jXK4hmN4jPrIW7kIDl5lgyvvUDIv8sIKX20sKj/IklnwISCda6B"
                    + "UIPjYQNJGvWvDMFSli0z76krtS3T8wBGr1gweKxhKtTkxkpqw/sHLu/Cjp9ZJyqwAV4K5s80jSZpCMaJtMHjKmT/mwb7mWVf"
                    + "1UMZDqn93uenvLD+PWegSzKOKggFcy1Pmf4YAzdqPFXAnUFPGe6JJp9VPu7C6vat0naHZPBG00bMFNJv2AgXwpPel2kcPjc7"
                    + "YI7cHwlyLwz3/UtCsDDkE0leXsp/3OMWnEAP1ZECSf/OT3pmN8M1XiwrhiJIBQdbBrNDasY1GDbI82GDmQaZHA3BqNE9CBsp"
                    + "MgZfND1lpeANT+GKeDPgKbMiemd4MY4yPeOAOrc/Dxl3dUYGU2F6zVFBkj5SkQm4NZR+jnPrqEcYya25L0ekbJbXGoWltllW"
                    + "NmstN8cj3pcVZnN0FFzvegzpPxT2mJ1PFwQ9hvPpRU/+TNn8o0qZOGdwX8NlKMPJgMusDJnfZUYGwsnbla87cJZzH8+H5OcC"
                    + "NoeS1zidbm/jCqfTQoNdaQm/qh6S2Ci7/SWktlEm/JgRgyjyeCWuGUM3BS2CFH/ooVjYFXBRGxB2KCkGO5qGsZ0w1gjhUHrA"
                    + "bxhcz986YJrlVteiSt0MqHeD5uF6KIQScG7oPo5dsNXnIrO9VyxrAzi27qoDCtX43M+4tGowLybxULXHrZSnttKpmkhPBa0k"
                    + "y+PTLW08L/fZPjMdllfTQeyY3UASgrwUjHxcOTmGSxv2wg55JWAv2yEr/BgOqocdsMB98n1Qrszuk2tDcIYqveczoj1jrfIY"
                    + "0chEMrKtKjCC0+o34by61/tChaJ82bKfXSLCiWY4xd4KG9FOsemg/yRJugM5NGxq36ZNQxHNyG2VF4wsxwI+s7Jc4fcZdtQu"
                    + "t6TUHrwSN4on3kdDORc4vG7wOA6H1+E6korMevnCYf45bPfnz0yfJLEXww1yv+sq/ML7utK4D3nQQTjK3vE4iKuhBFrD2e07"
                    + "eNlHx0wfTVR9tH7u55/s//Jc99vfP/5CkpHBQXzpwH4gJsnoYBEPd/fheGEprIZ9u5icjAkd3QKn8Pp1+vfyO8R+udnBb7/J"
                    + "ypPIiVN/rj04Ex+fGRxb/u/a+M/+I7Pz6/74D+TE7V8tEAAA";

    private static final String SNAPPY =
            "H4sIAAAAAAAA/4WVW2xUVRSG16bTztmd03banmlnyimdYiuMluHcLyMiIg6IglqkIGoBS5FWsKCUm0URLIoVEG+A4gXjJdGY"
                    + "mPCIJCX4pImPxkQT4wsPxCd9NEb/dXbLq02mOXPJXuv//2+tfVTzKCuHRvYeXGxZlthGtSLat3Xn+HDRtqy0bLbFfbVGQy41"
                    + "tr2hxgzdtNQd8Walk/K2F8h0plxpI9ML0pJc2i/bs5pmiFaZkaO59QvHthftOC0bPfF4tUhm7KSl5ou7yx1kBn5atgTitbJB"
                    + "ubV5241kuvnWfpNMN0KFUIwlFWwbFTLL28jA+RE9Itvx0BSLD6Rensb3fijTjXG1QEU/rKuXtiWOlueSYbsWZbXSIR0fzCvz"
                    + "oRDSYounUK3wk2G5Mp2tQbE81GQc8UAFPwkhIeeKdyrtVOjPe7GmEdmyyPU8cQiifyPDcVCuDeXIKZ2jzawjho7mQKxgHbsp"
                    + "KE3QSXSesr3uCSol1tg4NxLP4tzcGs22PXGFGpNzG2OxATquUDHi5h1LfIzmU3YQH9PxZgk3HqBxsmlSGjC2WXTLTHmAsvDV"
                    + "dYfTNJqYZCGG+jrUykOC4YoH8Zj7IRXGvRN0Dr6nbB/NeGjb9JGA9MVhdJ63HV+mtUK5lUwHIiigJ6UhRN8hQfTPHKIaIhKX"
                    + "JjurZxiQjALECcVKALJMAYI+QiXvjdq2QnuCCLDwZNroG+yCdi9JaxxNIEvOqnk1uoBazbXEJqg1YyXwLmkYCVmvSj33JXhg"
                    + "tHrYP1flsotzmTasWKZbJc7OK676qygTKVXvJ6p8VhWyKl8hdoRDn8g7ESdqyk6NsnrpuO6GYli2Fn41LDBWL5YmjBmRWM3u"
                    + "bTZDtE4xvSWLML5RLJaZ3IY+6PU4Ks8SB9A8LLRQzEgsVKPyBHMwasYKrOXIJ2FiitMPIQvtGwvYGhf9k0e7ZVFMk45Yp8m0"
                    + "1Xyshw6KSuP0IXc+bvg8GxXgmvIjf1L3QnGs0oPiLg9HF9old6SbdrBBuw0L5remUKH0Ka2RXXl061viXdkgrzMHU+Qk1qh5"
                    + "eJ4LjBkO5qG5HQWA9Re0hfmNA9HcdxwkZGpmSOi4Oid3nkkwFAm+K+4FCeYsCYUaM4iTYTlV2+Vg2m3PYcdvkx1GEs9zUpdV"
                    + "YMD5NDmtlFeTs5Ed22VGGPtMKO5EcTNQTB2fNY15mp+Ypnh6GjxpthXCubTsgEQtsMRDkHjVjJSw8yxsv+GzMJ+3io9AyKEX"
                    + "ZCfizIgOLKiNPEZO4B/WA1cMVeZRbtiMFVWreGpCp3cPnUEWPMx7aBH75imk9nHPg9DCybQMYJGgewrpMdmpIFoGir/LrUL2"
                    + "Q3Qiod9l+nt5U7lMUGiJZxKCbCaonu1QAK3jow+YkdqzF2CHZvtB988UJbsPk/CS1KuX8akT+yf00BWdgwsR3EgdbU8KWdhR"
                    + "DXNQKK9our9cgBa/9xS9zUf/yGpOkcWmeGrVHkyKOLa4QTnZ3vsZDaLCDYyml+yoe9iMIBRG32HwUDfLg/nt6sFrdeCBFA+R"
                    + "Ra+DB9iriYW19REpMDwVyB7UnlkPNofSMHBz+w5w5JGa8o8Y4nWGz2NyByfuK6ReVh7y+i3yHnOhjXwakR2olxa1iPP3GZ7W"
                    + "IqfcSTNU2s4mG9LnSXF5m/gKrYlkG2N+Ga08ChkOlDQOlU5rsdhaXUDFGClRbFFVzu09S6fB7veFUfK6z9LtiXUqn73qluJl"
                    + "lV16cwE/yqePmJGCaSlffYFaUa/wlWG7Pg/GLcnKA007pb50mgwLMGW1fgUTRuFhvpUiO7n43pu5WAOZqWwivld9NQovJqPg"
                    + "hP4xPY7F3Op8Sjkc1WlE1TIb1bU/mi4RP/C/6T8vfrMDYmtmFjrWPkmRvZCibEq26b4jtsicdjE1WWjXQ6Qv23u+0qZSJFPb"
                    + "xL9S6Jf1z2tExxJsHVqE1wq8Usl++OTr7PUm7a+mdfS/fxv+PjLVM77yl/8AqV34L3sIAAA=";

    private LevelDbTable() {}

    /** What LevelDB was given, one write after the other. */
    static TreeMap<Slice, Slice> entries() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int i = 1; i <= 160; i++) {
            String city = "city/%03d".formatted(i * 37 % 100);
            if (i % 7 == 0) {
                entries.put(Blocks.deletion(city, i), Slice.EMPTY);
            } else {
                entries.put(Blocks.put(city, i), Slice.utf8("value " + "of ".repeat(i % 5) + i));
            }
        }
        return entries;
    }

    static byte[] plain() {
        return unpacked(PLAIN);
    }

    static byte[] snappy() {
        return unpacked(SNAPPY);
    }

    private static byte[] unpacked(String packed) {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
