package io.fewshot4j.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kind of fault of each try, and its random numbers: both follow from the campaign's seed and the try's number.
 *
 * @param shares how often a kind comes, by its name
 */
record Rota(long seed, Map<String, Integer> shares) {
    private static final long STEP = 1_000_003;

    static final String RUN_FOLDER = "run folder";
    static final String CACHE = "cache";
    static final String TABLE = "table of results";
    static final String FORGED = "forged run";
    static final String IMAGES = "images";
    static final String ARCHIVES = "archives";
    static final String LISTS = "lists";
    static final String PICKLES = "pickles";
    static final String PRESETS = "presets";
    static final String KILLS = "kill -9";
    static final String RACES = "several processes";
    static final String FULL_DISKS = "full disk";

    Rota {
        shares = new LinkedHashMap<>(shares);
    }

    /** The kinds whose commands run in one process, one after another. */
    static Rota ofFiles(long seed) {
        Map<String, Integer> shares = new LinkedHashMap<>();
        shares.put(RUN_FOLDER, 30);
        shares.put(CACHE, 10);
        shares.put(TABLE, 9);
        shares.put(FORGED, 14);
        shares.put(IMAGES, 11);
        shares.put(ARCHIVES, 6);
        shares.put(LISTS, 6);
        shares.put(PICKLES, 6);
        shares.put(PRESETS, 4);
        return new Rota(seed, shares);
    }

    /** All kinds. */
    static Rota ofAll(long seed) {
        Rota rota = ofFiles(seed);
        rota.shares().put(KILLS, 7);
        rota.shares().put(RACES, 3);
        rota.shares().put(FULL_DISKS, 2);
        return rota;
    }

    /** The random numbers of a try; the first has chosen its kind. */
    record Try(int number, String kind, Random random) {}

    Try of(int number) {
        Random random = new Random(STEP * seed + number);
        List<String> names = new ArrayList<>();
        shares.forEach((name, share) -> {
            for (int i = 0; i < share; i++) {
                names.add(name);
            }
        });
        return new Try(number, Draw.one(random, names), random);
    }
}
