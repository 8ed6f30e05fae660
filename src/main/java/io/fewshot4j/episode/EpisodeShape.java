package io.fewshot4j.episode;

/** How many classes, and how many support and query images of each. */
public record EpisodeShape(int way, int shot, int query) {
    public EpisodeShape {
        if (way < 2) {
            throw new IllegalArgumentException("way must be at least 2, got " + way);
        }
        if (shot < 1) {
            throw new IllegalArgumentException("shot must be at least 1, got " + shot);
        }
        if (query < 1) {
            throw new IllegalArgumentException("query must be at least 1, got " + query);
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
