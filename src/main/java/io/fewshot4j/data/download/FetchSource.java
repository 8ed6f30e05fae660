package io.fewshot4j.data.download;

import io.fewshot4j.FewShotException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Address of a data set's archives, with what is to be found there.
 *
 * @param base the address that a file's name is put after; ends with a slash
 */
public record FetchSource(String name, URI base, List<Archive> archives) {
    public FetchSource {
        archives = List.copyOf(archives);
    }

    /** A file, and its MD5 in lower-case hex. */
    public record Archive(String file, String md5) {}

    /** The two archives of Omniglot in its authors' own repository (Lake, Salakhutdinov and Tenenbaum 2015). */
    public static FetchSource omniglot() {
        return new FetchSource(
                "omniglot",
                URI.create("https://github.com/brendenlake/omniglot/raw/master/python/"),
                List.of(
                        new Archive("images_background.zip", "68d2efa1b9178cc56df9314c21c6e718"),
                        new Archive("images_evaluation.zip", "6b91aef0f799c5bb55b94e3f2daec811")));
    }

    /** These files from another address, with or without a slash at its end. */
    public FetchSource from(String url) {
        try {
            URI uri = new URI(url.endsWith("/") ? url : url + "/");
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null) {
                return new FetchSource(name, uri, archives);
            }
        } catch (URISyntaxException e) {
            throw new FewShotException(notAnAddress(url), e);
        }
        throw new FewShotException(notAnAddress(url));
    }

    private static String notAnAddress(String url) {
        return "--from must be an address such as https://host/folder/, got \"" + url + "\"";
    }
}
