package io.fewshot4j.episode;

/** Number of classes, and of support and query images of each; a function counts as one class. */
public record EpisodeShape(int way, int shot, int query) {
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
