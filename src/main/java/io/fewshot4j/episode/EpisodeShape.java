package io.fewshot4j.episode;

/** Number of classes, and of support and query images of each; a function counts as one class. */
public record EpisodeShape(int way, int shot, int query) {
    private static final int MOST_IMAGES = 1_000_000;

    public EpisodeShape {
        if (way < 1) {
            throw new IllegalArgumentException("way must be at least 1, got " + way);
        }
        if (shot < 1) {
            throw new IllegalArgumentException("shot must be at least 1, got " + shot);
        }
        if (query < 1) {
            throw new IllegalArgumentException("query must be at least 1, got " + query);
        }
        if ((double) way * ((double) shot + query) > MOST_IMAGES) {
            throw new IllegalArgumentException("way x (shot + query) must be at most " + MOST_IMAGES + " images, got "
                    + way + " x (" + shot + " + " + query + ")");
        }
    }

    /** Support images of an episode. */
    public int supportSize() {
        return way * shot;
    }

    /** Query images of an episode. */
    public int querySize() {
        return way * query;
    }
}
